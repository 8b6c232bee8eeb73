"""DeepSeek: a balance for each currency, the granted part of it apart from the topped-up one.

Source: the provider's API reference. Amounts are strings; a currency may be absent, and appear
later. The provider tells no id.
"""

from collections.abc import Iterator
from typing import Any, Final, override

from yarl import URL

from ..client.fields import Field, currency, items, read
from ..client.provider import Provider
from ..readings import BALANCE, GRANTED, IS_AVAILABLE, TOPPED_UP, Reading

CURRENCY_FIELDS: Final = (
    Field(path="total_balance", kind=BALANCE, required=True),
    Field(path="granted_balance", kind=GRANTED),
    Field(path="topped_up_balance", kind=TOPPED_UP),
)


class DeepSeek(Provider):
    """An account at DeepSeek."""

    key = "deepseek"
    name = "DeepSeek"
    website = "https://www.deepseek.com"
    keys_url = "https://platform.deepseek.com/api_keys"
    top_up_url = "https://platform.deepseek.com/top_up"
    rights = "any API key"

    base = URL("https://api.deepseek.com")
    path = "user/balance"
    fields = (Field(path="is_available", kind=IS_AVAILABLE),)

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        """Yield the readings of each currency."""
        yield from super().read(body)
        for info in items(body, "balance_infos"):
            code = currency(info, "currency")
            yield from read(info, CURRENCY_FIELDS, unit=code, scope=code)
