"""MessageBird (the platform before Bird): what is left, in credits or in a currency.

Source: the provider's Python SDK 2.2.0 and its Go SDK with samples (October 2022). Keys of the new
platform, Bird, are refused, and no source names a balance there. Accounts that pay later have an
amount of 0, which says nothing. The provider tells no id.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, PLAN


class MessageBird(Provider):
    """An account at MessageBird."""

    key = "messagebird"
    name = "MessageBird"
    website = "https://bird.com"
    keys_url = "https://dashboard.messagebird.com"
    top_up_url = "https://dashboard.messagebird.com"

    key_prefixes = ("AccessKey ", "Bearer ")
    auth = Header("Authorization", "AccessKey ")
    base = URL("https://rest.messagebird.com")
    path = "balance"
    fields = (
        Field(path="payment", kind=PLAN, required=True),
        Field(
            path="amount",
            kind=BALANCE,
            unit_path="type",
            unless=("payment", "postpaid"),
            units={"credits": "credits", "euros": "EUR", "pounds": "GBP", "dollars": "USD"},
        ),
    )
