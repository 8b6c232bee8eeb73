"""BulkSMS: the credits of an account.

Source: a copy of the provider's OpenAPI description (APIs-guru), and programs that use the call.
What may be overdrawn is not read, as no source says what it means, nor how many messages a day may
hold.
"""

from yarl import URL

from ..client.credentials import ACCOUNT_ID, API_KEY, Basic, Secret
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class BulkSms(Provider):
    """A user at BulkSMS."""

    key = "bulksms"
    name = "BulkSMS"
    website = "https://www.bulksms.com"
    keys_url = "https://www.bulksms.com/account/#!/advanced-settings/api-tokens"
    top_up_url = "https://www.bulksms.com"
    secret = Secret.API_SECRET
    id_word = "Token ID"

    credentials = (ACCOUNT_ID, API_KEY)
    auth = Basic("account_id")
    base = URL("https://api.bulksms.com/v1")
    path = "profile"
    fields = (Field(path="credits.balance", kind=BALANCE, unit="credits", required=True),)
    whoami = Whoami(id_path="id")
