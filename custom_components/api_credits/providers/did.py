"""D-ID: credits, what is left of all grants together.

Source: the provider's pages on the call and on authentication, and a copy of its OpenAPI
description (April 2026). The key, which already reads like a name and a password, goes along as it
is shown. Grants expire rather than renew, so no renewal is read. An account without credits is
answered with an error of its own, which is taken for a balance of zero. The id of a grant's owner
may be an e-mail address, so it is not read.
"""

from typing import override

from yarl import URL

from ..client.credentials import Header
from ..client.declared import Refusal
from ..client.errors import MalformedError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, TOTAL


class NoCreditsError(MalformedError):
    """The account has no credits at all."""


class Did(Provider):
    """An account at D-ID."""

    key = "did"
    name = "D-ID"
    website = "https://www.d-id.com"
    keys_url = "https://studio.d-id.com/account-settings"
    top_up_url = "https://www.d-id.com"

    key_prefixes = ("Basic ", "Bearer ")
    auth = Header("Authorization", "Basic ")
    base = URL("https://api.d-id.com")
    path = "credits"
    refusals = (Refusal(means=NoCreditsError, status=404, word="not credits found"),)
    fields = (
        Field(path="remaining", kind=BALANCE, unit="credits", required=True),
        Field(path="total", kind=TOTAL, unit="credits", required=True),
    )

    @override
    async def _balance(self) -> bytes:
        try:
            return await super()._balance()
        except NoCreditsError:
            return b'{"remaining":0,"total":0}'
