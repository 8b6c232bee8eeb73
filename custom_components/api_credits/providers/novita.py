"""Novita AI: what can be spent, in US dollars, and the topped-up part of it.

Source: the provider's documentation of the call (August 2026). Amounts are texts, counted in
ten-thousandths of a dollar. The balance counts a credit limit along, where an account has one. In a
team, only some roles may see it (its guide on teams); the keys of others are refused like bad ones,
as one program has seen. There is no id.
"""

from decimal import Decimal

from yarl import URL

from ..client.credentials import Need, Rights
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, TOPPED_UP

_UNIT = Decimal("0.0001")


class Novita(Provider):
    """An account at Novita AI."""

    key = "novita"
    name = "Novita AI"
    website = "https://novita.ai"
    keys_url = "https://novita.ai/settings/key-management"
    top_up_url = "https://novita.ai"
    rights = Rights(Need.ROLE, "Owner / Admin / Billing")

    fixed_headers = {"Content-Type": "application/json"}
    base = URL("https://api.novita.ai/openapi/v1")
    path = "billing/balance/detail"
    fields = (
        Field(path="availableBalance", kind=BALANCE, scale=_UNIT, unit="USD", required=True),
        Field(path="cashBalance", kind=TOPPED_UP, scale=_UNIT, unit="USD"),
    )
