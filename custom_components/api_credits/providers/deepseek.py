"""DeepSeek: a balance for each currency, the granted part of it apart from the topped-up one.

Source: the provider's API reference. Amounts are strings; a currency may be absent, and appear
later. The provider tells no id.
"""

from yarl import URL

from ..client.declared import Refusal
from ..client.errors import UsedUpError
from ..client.fields import Each, Field
from ..client.provider import Provider
from ..readings import BALANCE, GRANTED, IS_AVAILABLE, TOPPED_UP


class DeepSeek(Provider):
    """An account at DeepSeek."""

    key = "deepseek"
    name = "DeepSeek"
    website = "https://www.deepseek.com"
    keys_url = "https://platform.deepseek.com/api_keys"
    top_up_url = "https://platform.deepseek.com/top_up"

    base = URL("https://api.deepseek.com")
    path = "user/balance"
    refusals = (Refusal(means=UsedUpError, status=402),)
    fields = (
        Field(path="is_available", kind=IS_AVAILABLE),
        Each(
            path="balance_infos",
            scope_path="currency",
            fields=(
                Field(path="total_balance", kind=BALANCE, unit_path="currency", required=True),
                Field(path="granted_balance", kind=GRANTED, unit_path="currency"),
                Field(path="topped_up_balance", kind=TOPPED_UP, unit_path="currency"),
            ),
        ),
    )
