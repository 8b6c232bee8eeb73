"""OpenRouter: credit in US dollars, of an account or of a single key.

Source: the provider's API reference. A plain key reads its own limit, though the account may end
before; of that it is told nothing, or two zeros. Values lag a minute. A `label` is part of a key.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, override

from yarl import URL

from ..client.credentials import Need, Rights
from ..client.declared import Way
from ..client.errors import ForbiddenError
from ..client.fields import Field, find
from ..client.provider import Provider
from ..readings import BALANCE, LIMIT, TOTAL, USED, Reading


class OpenRouter(Provider):
    """An account at OpenRouter, or a key of it; the variant says which."""

    key = "openrouter"
    name = "OpenRouter"
    website = "https://openrouter.ai"
    keys_url = "https://openrouter.ai/settings/management-keys"
    top_up_url = "https://openrouter.ai/settings/credits"
    rights = Rights(Need.BETTER, "management key")
    default_interval = timedelta(minutes=15)
    base = URL("https://openrouter.ai/api/v1")
    path = "credits"
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
    ways = {
        "credits": Way(),
        "key": Way(
            path="key",
            fields=(
                Field(path="data.limit_remaining", kind=BALANCE, unit="USD"),
                Field(path="data.limit", kind=LIMIT, unit="USD"),
                Field(path="data.usage", kind=USED, unit="USD", required=True),
            ),
        ),
    }

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        if find(body, "data.total_credits") == find(body, "data.total_usage") == 0:
            raise ForbiddenError("data.total_credits: an account that was never used")
        return super().read(body)
