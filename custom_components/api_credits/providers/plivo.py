"""Plivo: the money of an account, in US dollars.

Source: the provider's page on the account object, its Python SDK 4.63.0 and that SDK's recorded
answer. Sub-accounts have no credits of their own. What credits an account has that pays later is
not said, so its balance is unknown. The answer holds a name and an address, which are not read.
"""

from yarl import URL

from ..client.credentials import ACCOUNT_ID, API_KEY, Basic, Secret
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, PLAN


class Plivo(Provider):
    """An account at Plivo."""

    key = "plivo"
    name = "Plivo"
    website = "https://www.plivo.com"
    keys_url = "https://cx.plivo.com"
    top_up_url = "https://cx.plivo.com"
    secret = Secret.AUTH_TOKEN
    id_word = "Auth ID"

    credentials = (ACCOUNT_ID, API_KEY)
    auth = Basic("account_id")
    base = URL("https://api.plivo.com/v1")
    path = "Account/{account_id}/"
    fields = (
        Field(
            path="cash_credits",
            kind=BALANCE,
            unit="USD",
            unless=("billing_mode", "postpaid"),
            required=True,
        ),
        Field(path="billing_mode", kind=PLAN),
    )
    whoami = Whoami(credential="account_id")
