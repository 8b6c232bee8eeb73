"""Telnyx: the money that an account can spend, its credit limit included.

Source: the provider's page on a first request (statuses, decimal texts) and its Python SDK 4.189.0,
in which every field is optional. `balance` is the own money and may be below zero within the credit
limit, so `available_credit` is read. The provider tells no id.
"""

from yarl import URL

from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Telnyx(Provider):
    """An account at Telnyx."""

    key = "telnyx"
    name = "Telnyx"
    website = "https://telnyx.com"
    keys_url = "https://portal.telnyx.com/#/api-keys"
    top_up_url = "https://portal.telnyx.com/#/billing/payment"

    base = URL("https://api.telnyx.com/v2")
    path = "balance"
    fields = (
        Field(path="data.available_credit", kind=BALANCE, unit_path="data.currency", required=True),
    )
