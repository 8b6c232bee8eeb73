"""Venice: what a key can spend now, of its account's US dollars, bundled credits and DIEM.

Source: the provider's OpenAPI description (August 2026) and its guides (veniceai/skills). This call
takes any key, while the one on billing wants an admin key, which can make keys, and says null for
an amount that is used up. DIEM comes back every day at midnight UTC. Earned credits are in none of
the amounts. A key whose Pro subscription has ended is refused like a bad one, in other words.
"""

from yarl import URL

from ..client.declared import Refusal
from ..client.errors import ForbiddenError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, IS_AVAILABLE, RENEWS_AT


class Venice(Provider):
    """A key of an account at Venice."""

    key = "venice"
    name = "Venice"
    website = "https://venice.ai"
    keys_url = "https://venice.ai/settings/api"
    top_up_url = "https://venice.ai/settings/api"

    base = URL("https://api.venice.ai/api/v1")
    path = "api_keys/rate_limits"
    refusals = (Refusal(means=ForbiddenError, status=401, word="subscription is inactive"),)
    fields = (
        Field(path="data.accessPermitted", kind=IS_AVAILABLE, required=True),
        Field(path="data.balances.USD", kind=BALANCE, unit="USD", scope="USD"),
        Field(
            path="data.balances.BUNDLED_CREDITS", kind=BALANCE, unit="USD", scope="Bundled credits"
        ),
        Field(path="data.balances.DIEM", kind=BALANCE, unit="diem", scope="DIEM"),
        Field(path="data.nextEpochBegins", kind=RENEWS_AT, scope="DIEM"),
    )
