"""SMSAPI: points of an account, at the site of its country.

Source: the provider's PHP client (April 2026), its Python client 2.9.7 and programs that ask for
the profile. What a point is worth is not told. Accounts that pay later, and some sub-users, have
none. The only id is the username, which can be an e-mail address, so none is read.
"""

from yarl import URL

from ..client.credentials import Need, Region, Rights, Secret
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, PLAN


class SmsApi(Provider):
    """An account at SMSAPI."""

    key = "smsapi"
    name = "SMSAPI"
    website = "https://www.smsapi.com"
    keys_url = "https://ssl.smsapi.com/react/oauth/manage"
    top_up_url = "https://www.smsapi.com"
    secret = Secret.API_TOKEN
    rights = Rights(Need.RIGHT, "profile")

    base = URL("https://api.smsapi.com")
    regions = {
        "international": Region(base=base),
        "poland": Region(base=URL("https://api.smsapi.pl")),
        "bulgaria": Region(base=URL("https://api.smsapi.bg")),
        "sweden": Region(base=URL("https://api.smsapi.se")),
    }
    path = "profile"
    fields = (
        Field(path="payment_type", kind=PLAN, required=True),
        Field(path="points", kind=BALANCE, unit="points"),
    )
