"""Vonage (Nexmo): the money of an account, in euros, whatever its dashboard shows.

Source: the provider's Python SDK 4.9.1, its page on the balance and its API specification. The
API key is the account's public id; the secret belongs to it.
"""

from yarl import URL

from ..client.credentials import ACCOUNT_ID, API_KEY, Basic, Secret
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Vonage(Provider):
    """An account at Vonage."""

    key = "vonage"
    name = "Vonage"
    website = "https://www.vonage.com"
    keys_url = "https://dashboard.nexmo.com/settings"
    top_up_url = "https://dashboard.nexmo.com/payments/new"
    secret = Secret.API_SECRET
    id_word = "API key"

    credentials = (ACCOUNT_ID, API_KEY)
    auth = Basic("account_id")
    fixed_headers = {"Accept": "application/json"}
    base = URL("https://rest.nexmo.com")
    path = "account/get-balance"
    fields = (Field(path="value", kind=BALANCE, unit="EUR", required=True),)
    whoami = Whoami(credential="account_id")
