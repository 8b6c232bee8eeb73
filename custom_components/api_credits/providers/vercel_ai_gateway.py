"""Vercel AI Gateway: the credits of a team, in US dollars.

Source: the provider's pages on usage and its REST API, and the gateway package of its AI SDK.
When a team's monthly free credit renews, it does not tell. Keys and credits are on a tab of the
team's own dashboard, which the linked page leads to.
"""

from yarl import URL

from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, USED


class VercelAiGateway(Provider):
    """A team at Vercel."""

    key = "vercel_ai_gateway"
    name = "Vercel AI Gateway"
    website = "https://vercel.com"
    keys_url = "https://vercel.com/docs/ai-gateway"
    top_up_url = "https://vercel.com/docs/ai-gateway"

    base = URL("https://ai-gateway.vercel.sh/v1")
    path = "credits"
    fields = (
        Field(path="balance", kind=BALANCE, unit="USD", required=True),
        Field(path="total_used", kind=USED, unit="USD", required=True),
    )
