"""Gandi: the prepaid account of a customer, in its own currency.

Source: the provider's API documentation (billing, authentication). Without a prepaid account the
balance is unknown. It is that of the customer; an organisation's has another address, and is not
read. Tokens expire, and are made anew rather than renewed. The answer has no id.
"""

from yarl import URL

from ..client.credentials import Need, Rights, Secret
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, THRESHOLD


class Gandi(Provider):
    """A customer of Gandi."""

    key = "gandi"
    name = "Gandi"
    website = "https://www.gandi.net"
    keys_url = "https://www.gandi.net"
    top_up_url = "https://www.gandi.net"
    secret = Secret.ACCESS_TOKEN
    rights = Rights(Need.RIGHT, "billing")

    base = URL("https://api.gandi.net/v5/billing")
    path = "info"
    fields = (
        Field(path="prepaid.amount", kind=BALANCE, unit_path="prepaid.currency"),
        Field(path="prepaid.warning_threshold", kind=THRESHOLD, unit_path="prepaid.currency"),
    )
