"""DeepInfra: prepaid money less what was used since the last invoice, in US dollars.

Source: a copy of the provider's OpenAPI description (May 2026), which says that a negative number
is money to spend; that recent use comes off it is what three programs agree on. It names no unit:
clients read dollars. An account that pays afterwards owes, so its balance is below zero. A spending
limit and a suspension are not read.
"""

from decimal import Decimal

from yarl import URL

from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class DeepInfra(Provider):
    """An account at DeepInfra."""

    key = "deepinfra"
    name = "DeepInfra"
    website = "https://deepinfra.com"
    keys_url = "https://deepinfra.com/dash/api_keys"
    top_up_url = "https://deepinfra.com"
    may_owe = True

    base = URL("https://api.deepinfra.com")
    path = "payment/checklist"
    query = {"compute_owed": "true"}
    fields = (
        Field(
            path="stripe_balance",
            plus="recent",
            scale=Decimal(-1),
            kind=BALANCE,
            unit="USD",
            required=True,
        ),
    )
    whoami = Whoami(path="v1/me", id_path="uid")
