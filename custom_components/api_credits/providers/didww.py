"""DIDWW: the money of an account that can be spent, prepaid and credit together.

Source: the provider's documentation of version 2026-04-16, which is asked for by name: the next one
refuses keys and wants short-lived tokens. Unsure: USD is nowhere said. The answer's id is that of
the balance, and nothing says that it stays the same, so it is no identity.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, TOPPED_UP


class Didww(Provider):
    """An account at DIDWW."""

    key = "didww"
    name = "DIDWW"
    website = "https://www.didww.com"
    keys_url = "https://my.didww.com/#/api"
    top_up_url = "https://my.didww.com"

    auth = Header("Api-Key")
    fixed_headers = {"Accept": "application/vnd.api+json", "X-DIDWW-API-Version": "2026-04-16"}
    base = URL("https://api.didww.com/v3")
    path = "balance"
    fields = (
        Field(path="data.attributes.total_balance", kind=BALANCE, unit="USD", required=True),
        Field(path="data.attributes.balance", kind=TOPPED_UP, unit="USD"),
    )
