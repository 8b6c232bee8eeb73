"""Firecrawl: the credits that a team has left, those of the plan and others together.

Source: the provider's OpenAPI description (August 2026) and its Python SDK 4.53.2. The limit is the
plan's credits alone, so that more than that may be left. The answer tells no id.
"""

from yarl import URL

from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, LIMIT, RENEWS_AT


class Firecrawl(Provider):
    """A team at Firecrawl."""

    key = "firecrawl"
    name = "Firecrawl"
    website = "https://www.firecrawl.dev"
    keys_url = "https://www.firecrawl.dev/app/api-keys"
    top_up_url = "https://www.firecrawl.dev"

    base = URL("https://api.firecrawl.dev/v2")
    path = "team/credit-usage"
    success = {"success": True}
    fields = (
        Field(path="data.remainingCredits", kind=BALANCE, unit="credits", required=True),
        Field(path="data.planCredits", kind=LIMIT, unit="credits"),
        Field(path="data.billingPeriodEnd", kind=RENEWS_AT),
    )
