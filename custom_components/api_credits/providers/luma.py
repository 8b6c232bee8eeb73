"""Luma: prepaid money for the API, in US dollars, apart from the app's subscription.

Source: the provider's changelog of its API and its Python SDK 1.21.0 (October 2025), which both say
that the number is in cents. There is no id.
"""

from decimal import Decimal

from yarl import URL

from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Luma(Provider):
    """An account at Luma."""

    key = "luma"
    name = "Luma"
    website = "https://lumalabs.ai"
    keys_url = "https://lumalabs.ai"
    top_up_url = "https://lumalabs.ai"

    base = URL("https://api.lumalabs.ai/dream-machine/v1")
    path = "credits"
    fields = (
        Field(
            path="credit_balance", kind=BALANCE, scale=Decimal("0.01"), unit="USD", required=True
        ),
    )
