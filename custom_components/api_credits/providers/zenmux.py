"""ZenMux: the pay-as-you-go credit of an account, in US dollars.

Source: the provider's documentation (PAYG balance, error codes). It answers 403 to a key that it
does not know; whether it answers anything else to a key of the wrong kind is not said. What a
subscription has is not part of this credit. The provider tells no id.
"""

from yarl import URL

from ..client.credentials import Need, Rights, Secret
from ..client.declared import Refusal
from ..client.errors import InvalidCredentialsError, RateLimitedError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, GRANTED, TOPPED_UP


class ZenMux(Provider):
    """An account at ZenMux."""

    key = "zenmux"
    name = "ZenMux"
    website = "https://zenmux.ai"
    keys_url = "https://zenmux.ai/platform/management"
    top_up_url = "https://zenmux.ai"
    secret = Secret.MANAGEMENT_KEY
    rights = Rights(Need.KIND, "Management API Key")

    base = URL("https://zenmux.ai/api/v1/management")
    path = "payg/balance"
    success = {"success": True}
    refusals = (
        Refusal(means=InvalidCredentialsError, status=403, word="access_denied"),
        Refusal(means=RateLimitedError, status=422),
    )
    fields = (
        Field(path="data.total_credits", kind=BALANCE, unit_path="data.currency", required=True),
        Field(path="data.top_up_credits", kind=TOPPED_UP, unit_path="data.currency"),
        Field(path="data.bonus_credits", kind=GRANTED, unit_path="data.currency"),
    )
