"""Moonshot AI (Kimi): credit in the currency of the platform that the account is at.

Source: the provider's documentation of the call (platform.moonshot.cn, platform.moonshot.ai). Keys
of one platform do not work at the other, and those of a Kimi coding plan at neither. What is owed
is the negative cash; the balance is then what vouchers are left.
"""

from yarl import URL

from ..client.credentials import Region
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, GRANTED, TOPPED_UP


class Moonshot(Provider):
    """An account at Moonshot AI."""

    key = "moonshot"
    name = "Moonshot AI (Kimi)"
    website = "https://platform.moonshot.ai"
    keys_url = "https://platform.moonshot.ai/console/api-keys"
    top_up_url = "https://platform.moonshot.ai/console"

    base = URL("https://api.moonshot.ai/v1")
    regions = {
        "international": Region(base=base, unit="USD"),
        "china": Region(base=URL("https://api.moonshot.cn/v1"), unit="CNY"),
    }
    path = "users/me/balance"
    success = {"code": 0, "status": True}
    fields = (
        Field(path="data.available_balance", kind=BALANCE, required=True),
        Field(path="data.voucher_balance", kind=GRANTED),
        Field(path="data.cash_balance", kind=TOPPED_UP),
    )
