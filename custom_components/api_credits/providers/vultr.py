"""Vultr: the credit of an account without what was used since the last invoice.

Source: the provider's Go SDK, govultr (July 2026). Its sample tells payments as negative numbers,
and so credit: as a program has seen, the customer portal shows what is read here as "Remaining
Credit". Unsure: USD is nowhere said. An account has no id but its owner's name and e-mail address,
so none is kept.
"""

from decimal import Decimal

from yarl import URL

from ..client.credentials import Need, Rights
from ..client.declared import Refusal
from ..client.errors import ForbiddenError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, USED


class Vultr(Provider):
    """An account at Vultr."""

    key = "vultr"
    name = "Vultr"
    website = "https://www.vultr.com"
    keys_url = "https://my.vultr.com/settings/#settingsapi"
    top_up_url = "https://my.vultr.com/billing/"
    may_owe = True
    rights = Rights(Need.ADDRESS, "Access Control")

    base = URL("https://api.vultr.com/v2")
    path = "account"
    refusals = (Refusal(means=ForbiddenError, status=401, word="Unauthorized IP"),)
    fields = (
        Field(
            path="account.balance",
            plus="account.pending_charges",
            kind=BALANCE,
            unit="USD",
            scale=Decimal(-1),
            required=True,
        ),
        Field(path="account.pending_charges", kind=USED, unit="USD", required=True),
    )
