"""Twilio: the money of an account, in its own currency.

Source: the provider's OpenAPI description (April 2026), its Python SDK 9.13.0 and its pages on
errors. A null balance is unknown, not zero; sub-accounts have none. Whether an API key, instead of
the Auth Token, may read the balance is not documented. An account with nothing left is suspended,
and may then be refused: code 20005 says so, while 20003 is also that of a wrong token.
"""

from yarl import URL

from ..client.credentials import ACCOUNT_ID, API_KEY, Basic, Secret
from ..client.declared import Refusal, Whoami
from ..client.errors import ForbiddenError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Twilio(Provider):
    """An account at Twilio."""

    key = "twilio"
    name = "Twilio"
    website = "https://www.twilio.com"
    keys_url = "https://console.twilio.com"
    top_up_url = "https://console.twilio.com/us1/billing"
    secret = Secret.AUTH_TOKEN
    id_word = "Account SID"

    credentials = (ACCOUNT_ID, API_KEY)
    auth = Basic("account_id")
    base = URL("https://api.twilio.com/2010-04-01")
    path = "Accounts/{account_id}/Balance.json"
    refusals = (Refusal(means=ForbiddenError, status=401, word="20005", path="code"),)
    fields = (Field(path="balance", kind=BALANCE, unit_path="currency"),)
    whoami = Whoami(credential="account_id")
