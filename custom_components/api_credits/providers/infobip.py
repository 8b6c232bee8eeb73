"""Infobip: the money of an account, in its own currency.

Source: several independent programs; the call is in none of the provider's SDKs. Unsure: which
right a key needs, and that the common host serves every account as its personal one does.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Infobip(Provider):
    """An account at Infobip."""

    key = "infobip"
    name = "Infobip"
    website = "https://www.infobip.com"
    keys_url = "https://portal.infobip.com/settings/accounts/api-keys"
    top_up_url = "https://www.infobip.com"
    key_prefixes = ("App ", "Bearer ")

    auth = Header("Authorization", "App ")
    base = URL("https://api.infobip.com")
    path = "account/1/balance"
    fields = (Field(path="balance", kind=BALANCE, unit_path="currency", required=True),)
