"""Plivo: the money of an account, in US dollars.

Source: the provider's page on the account object, its Python SDK 4.63.0 and that SDK's recorded
answer. Sub-accounts have no credits of their own. What credits an account has that pays later is
not said, so its balance is unknown. The answer holds a name and an address, which are not read.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, override

from yarl import URL

from ..client.credentials import ACCOUNT_ID, API_KEY, Basic, Secret
from ..client.fields import Field, find
from ..client.provider import Provider, Whoami
from ..readings import BALANCE, PLAN, Reading


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
        Field(path="cash_credits", kind=BALANCE, unit="USD", required=True),
        Field(path="billing_mode", kind=PLAN),
    )
    whoami = Whoami(credential="account_id")

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        later = find(body, "billing_mode") == "postpaid"
        for reading in super().read(body):
            yield replace(reading, value=None) if later and reading.kind is BALANCE else reading
