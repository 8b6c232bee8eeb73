"""46elks: the money of an account, in Swedish kronor or euros.

Source: the provider's pages on accounts, and programs that read the balance. It is told in whole
ten-thousandths of the currency: no page says so, but an alert of 5000000 for 500 and three programs
do. A telephone number and an e-mail address in the answer are not read, nor is the name.
"""

from decimal import Decimal

from yarl import URL

from ..client.credentials import ACCOUNT_ID, API_KEY, Basic, Secret
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Elks46(Provider):
    """An account at 46elks."""

    key = "elks46"
    name = "46elks"
    website = "https://46elks.com"
    keys_url = "https://46elks.com/account"
    top_up_url = "https://46elks.com/account"
    secret = Secret.API_PASSWORD
    id_word = "API username"

    credentials = (ACCOUNT_ID, API_KEY)
    auth = Basic("account_id")
    base = URL("https://api.46elks.com/a1")
    path = "me"
    fields = (
        Field(
            path="balance",
            kind=BALANCE,
            unit_path="currency",
            scale=Decimal("0.0001"),
            required=True,
        ),
    )
    whoami = Whoami(id_path="id")
