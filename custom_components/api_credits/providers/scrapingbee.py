"""ScrapingBee: credits of a subscription, and when they come back.

Source: the provider's own command line (the call, its header, the fields) and programs that read
it. The date names no zone and is taken as UTC; without a subscription there is none. A plan may
have no credits at all: then none are left.
"""

from yarl import URL

from ..client.fields import Field, allowance
from ..client.provider import Provider
from ..readings import RENEWS_AT


class ScrapingBee(Provider):
    """An account at ScrapingBee."""

    key = "scrapingbee"
    name = "ScrapingBee"
    website = "https://www.scrapingbee.com"
    keys_url = "https://app.scrapingbee.com/account/manage/api_key"
    top_up_url = "https://www.scrapingbee.com"

    base = URL("https://app.scrapingbee.com/api/v1")
    path = "usage"
    fields = (
        *allowance(limit="max_api_credit", used="used_api_credit", unit="credits"),
        Field(path="renewal_subscription_date", kind=RENEWS_AT),
    )
