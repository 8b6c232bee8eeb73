"""ZenRows: credits of a plan, and when its period ends.

Source: the provider's own command line and MCP server, and programs that read the same. `usage` is
money since there are credits, and is not read. The limit is the plan's alone: what a top-up adds is
not known, so that less than nothing may be left. An account that is used up may be answered 402.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.declared import Refusal
from ..client.errors import UsedUpError
from ..client.fields import Field, allowance
from ..client.provider import Provider
from ..readings import PLAN, RENEWS_AT


class ZenRows(Provider):
    """A subscription at ZenRows."""

    key = "zenrows"
    name = "ZenRows"
    website = "https://www.zenrows.com"
    keys_url = "https://app.zenrows.com/settings/api-keys"
    top_up_url = "https://app.zenrows.com/billing"

    auth = Header("X-API-Key")
    base = URL("https://api.zenrows.com/v1")
    path = "subscriptions/self/details"
    refusals = (Refusal(means=UsedUpError, status=402),)
    fields = (
        *allowance(limit="credit_limit", used="usage_credits", unit="credits"),
        Field(path="period_ends_at", kind=RENEWS_AT),
        Field(path="plan.name", kind=PLAN),
    )
