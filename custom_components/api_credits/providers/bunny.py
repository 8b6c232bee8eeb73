"""bunny.net: the prepaid money of an account, and what this month cost.

Source: the provider's API reference for the call; several independent programs for the fields.
Unsure: the currency is nowhere said by the provider, and some programs know an AvailableBalance
too.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, GRANTED, USED


class Bunny(Provider):
    """An account at bunny.net."""

    key = "bunny"
    name = "bunny.net"
    website = "https://bunny.net"
    keys_url = "https://dash.bunny.net/account/api-key"
    top_up_url = "https://dash.bunny.net/account/billing"

    auth = Header("AccessKey")
    base = URL("https://api.bunny.net")
    path = "billing"
    fields = (
        Field(path="Balance", kind=BALANCE, unit="USD", required=True),
        Field(path="ThisMonthCharges", kind=USED, unit="USD"),
        Field(path="CouponBalance", kind=GRANTED, unit="USD"),
    )
