"""OpenRouter: credit in US dollars, of an account or of a single key.

Source: the provider's API reference. Only a management key may read the account; a plain key
reads its own limit and usage. Values may be a minute old. A key's `label` holds a piece of the
key, so it is never read.
"""

from datetime import timedelta
from functools import partial
from typing import Final, override

from yarl import URL

from ..client.errors import ForbiddenError
from ..client.fields import Field, read
from ..client.provider import Identity, Provider
from ..readings import BALANCE, LIMIT, TOTAL, USED, Account

CREDITS: Final = "credits"
KEY: Final = "key"

KEY_FIELDS: Final = (
    Field(path="data.limit_remaining", kind=BALANCE, unit="USD"),
    Field(path="data.limit", kind=LIMIT, unit="USD"),
    Field(path="data.usage", kind=USED, unit="USD", required=True),
)


class OpenRouter(Provider):
    """An account at OpenRouter, or a key of it; the variant says which."""

    key = "openrouter"
    name = "OpenRouter"
    website = "https://openrouter.ai"
    keys_url = "https://openrouter.ai/settings/management-keys"
    top_up_url = "https://openrouter.ai/settings/credits"
    rights = "management key (a plain key shows its own limit only)"

    default_interval = timedelta(minutes=15)

    base = URL("https://openrouter.ai/api/v1")
    path = CREDITS
    fields = (
        Field(
            path="data.total_credits",
            minus="data.total_usage",
            kind=BALANCE,
            unit="USD",
            required=True,
        ),
        Field(path="data.total_credits", kind=TOTAL, unit="USD", required=True),
        Field(path="data.total_usage", kind=USED, unit="USD", required=True),
    )

    @override
    async def identify(self) -> list[Identity]:
        """Find out whether the key may read the account; the provider tells no id."""
        try:
            await self.get(CREDITS)
        except ForbiddenError:
            await self.get(KEY)
            return [Identity(variant=KEY)]
        return [Identity(variant=CREDITS)]

    @override
    async def fetch(self) -> Account:
        """Return the account's readings, or the key's own."""
        if self.variant == KEY:
            return await self.account_at(KEY, partial(read, fields=KEY_FIELDS))
        return await super().fetch()
