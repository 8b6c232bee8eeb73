"""The SMS Works: message credits of an account.

Source: the provider's OpenAPI description 1.9.0, its SDKs and its developer page. A credit is one
160-character message within the UK. Failed UK messages are refunded, so the balance may rise
a little by itself.
"""

from typing import override

from yarl import URL

from ..client.errors import ForbiddenError
from ..client.fields import Field, text
from ..client.provider import Identity, Provider
from ..readings import BALANCE


class SmsWorks(Provider):
    """An account at The SMS Works."""

    key = "sms_works"
    name = "The SMS Works"
    website = "https://thesmsworks.co.uk"
    keys_url = "https://thesmsworks.co.uk/user/login"
    top_up_url = "https://thesmsworks.co.uk/user/login"
    rights = "any token (under API Key, choose Generate Token)"

    key_prefixes = ("JWT ", "Bearer ")

    base = URL("https://api.thesmsworks.co.uk/v1")
    path = "credits/balance"
    fields = (Field(path="credits", kind=BALANCE, unit="credits", required=True),)

    @property
    @override
    def headers(self) -> dict[str, str]:
        """Return the token with the scheme the provider wants."""
        return {"Authorization": f"JWT {self.api_key}"}

    @override
    async def identify(self) -> list[Identity]:
        """Return the customer: an opaque id that the provider calls a message."""
        try:
            body = await self.get("utils/test")
        except ForbiddenError:
            return [Identity()]
        return [Identity(id=text(body, "message"))]
