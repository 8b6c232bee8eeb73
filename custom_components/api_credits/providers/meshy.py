"""Meshy: credits of a person or a team, the monthly and the permanent ones together.

Source: the provider's API reference, and its MCP server, of which 0.6.4 also tells when the monthly
credits come back; the reference does not. There is no id.
"""

from yarl import URL

from ..client.credentials import Need, Rights
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, RENEWS_AT


class Meshy(Provider):
    """An account at Meshy."""

    key = "meshy"
    name = "Meshy"
    website = "https://www.meshy.ai"
    keys_url = "https://www.meshy.ai/settings/api"
    top_up_url = "https://www.meshy.ai/pricing"
    rights = Rights(Need.PLAN, "Pro")

    base = URL("https://api.meshy.ai/openapi/v1")
    path = "balance"
    fields = (
        Field(path="balance", kind=BALANCE, unit="credits", required=True),
        Field(path="monthly_resets_at", kind=RENEWS_AT),
    )
