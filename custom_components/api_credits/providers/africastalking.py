"""Africa's Talking: the money of an account, told as one text with its currency.

Source: the provider's documentation, its Python SDK 2.0.3 and programs. Unsure: the status of a
refusal. The app `sandbox` is at another host, and has no balance.
"""

from collections.abc import Iterator
from typing import Any, override

from yarl import URL

from ..client.credentials import API_KEY, USERNAME, Header, Query, Together
from ..client.declared import Whoami
from ..client.fields import Field, find
from ..client.provider import Provider
from ..readings import BALANCE, Reading


class AfricasTalking(Provider):
    """An app at Africa's Talking."""

    key = "africastalking"
    name = "Africa's Talking"
    website = "https://account.africastalking.com"
    keys_url = "https://account.africastalking.com"
    top_up_url = "https://account.africastalking.com"

    credentials = (USERNAME, API_KEY)
    auth = Together(Header("apiKey"), Query("username", "username"))
    fixed_headers = {"Accept": "application/json"}
    base = URL("https://api.africastalking.com/version1")
    path = "user"
    fields = (
        Field(path="UserData.balance", kind=BALANCE, unit_path="UserData.currency", required=True),
    )
    whoami = Whoami(credential="username")

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        """Yield the readings of a response, its text taken apart: `KES 1234.5000`."""
        if isinstance(told := find(body, "UserData.balance"), str):
            currency, _, balance = told.partition(" ")
            body = {"UserData": {"currency": currency, "balance": balance}}
        return super().read(body)
