"""Featherless: an organisation's prepaid credit, less what running requests have reserved.

Source: the provider's API reference (/credits). Only the Developer plan, which pays by the request,
has such a credit. The provider tells no id.
"""

from yarl import URL

from ..client.credentials import Need, Rights
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Featherless(Provider):
    """An organisation at Featherless."""

    key = "featherless"
    name = "Featherless"
    website = "https://featherless.ai"
    keys_url = "https://featherless.ai/account/api-keys"
    top_up_url = "https://featherless.ai"
    rights = Rights(Need.ROLE, "Admin")

    base = URL("https://api.featherless.ai")
    path = "credits/balance"
    fields = (Field(path="available_usd", kind=BALANCE, unit_path="currency", required=True),)
