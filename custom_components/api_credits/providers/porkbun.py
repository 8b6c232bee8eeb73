"""Porkbun: the credit of an account, in US dollars; the answer is in cents.

Source: the provider's documentation for agents and its own MCP server; for the path and the fields
two programs. A wrong key is
refused with a 400. The API key alone opens nothing, so it stands where others have an account's id.
It may be made anew, so it is no identity; the provider tells none.
"""

from decimal import Decimal

from yarl import URL

from ..client.credentials import ACCOUNT_ID, API_KEY, Header, Secret, Together
from ..client.declared import Refusal
from ..client.errors import InvalidCredentialsError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Porkbun(Provider):
    """An account at Porkbun."""

    key = "porkbun"
    name = "Porkbun"
    website = "https://porkbun.com"
    keys_url = "https://porkbun.com/account/api"
    top_up_url = "https://porkbun.com/account/credit"
    secret = Secret.API_SECRET
    id_word = "API Key"

    credentials = (ACCOUNT_ID, API_KEY)
    auth = Together(Header("X-API-Key", credential="account_id"), Header("X-Secret-API-Key"))
    base = URL("https://api.porkbun.com/api/json/v3")
    path = "account/balance"
    success = {"status": "SUCCESS"}
    refusals = (Refusal(means=InvalidCredentialsError, status=400, word="Invalid API key"),)
    fields = (
        Field(path="balance", kind=BALANCE, unit="USD", scale=Decimal("0.01"), required=True),
    )
