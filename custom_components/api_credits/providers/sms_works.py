"""The SMS Works: message credits of an account.

Source: the provider's OpenAPI description 1.9.0, its SDKs and its developer page. A credit is one
160-character message within the UK. Failed UK messages are refunded, so the balance may rise
a little by itself. The customer's id is an opaque text that the provider calls a message.
"""

from yarl import URL

from ..client.credentials import Header, Secret
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class SmsWorks(Provider):
    """An account at The SMS Works."""

    key = "sms_works"
    name = "The SMS Works"
    website = "https://thesmsworks.co.uk"
    keys_url = "https://thesmsworks.co.uk/user/login"
    top_up_url = "https://thesmsworks.co.uk/user/login"
    secret = Secret.API_TOKEN

    key_prefixes = ("JWT ", "Bearer ")
    auth = Header("Authorization", "JWT ")

    base = URL("https://api.thesmsworks.co.uk/v1")
    path = "credits/balance"
    fields = (Field(path="credits", kind=BALANCE, unit="credits", required=True),)
    whoami = Whoami(path="utils/test", id_path="message", may_refuse=True)
