"""Messente: money in euros, as a line of plain text.

Source: the provider's documentation of its Account Balance API. Name and password go in the
address, there is no other way. The provider tells no id.
"""

from yarl import URL

from ..client.credentials import API_KEY, USERNAME, Query, Secret, Together
from ..client.declared import Refusal
from ..client.errors import InvalidCredentialsError, UnreachableError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Messente(Provider):
    """An API account at Messente."""

    key = "messente"
    name = "Messente"
    website = "https://messente.com"
    keys_url = "https://messente.com"
    top_up_url = "https://messente.com"
    secret = Secret.API_PASSWORD

    credentials = (USERNAME, API_KEY)
    auth = Together(Query("username", "username"), Query("password"))
    base = URL("https://api2.messente.com")
    path = "get_balance/"
    plain = r"OK (?P<balance>\S+)"
    refusals = (
        Refusal(means=InvalidCredentialsError, word="ERROR 101"),
        Refusal(means=UnreachableError, word="FAILED 209"),
    )
    fields = (Field(path="balance", kind=BALANCE, unit="EUR", required=True),)
