"""Linode (Akamai): the credit of an account, and of each promotion; what is owed is negative.

Source: the provider's Go and Python SDKs, and its own console, which calls a negative balance
credit. What was used since the last invoice is not taken off, as a promotion may pay for it. A
token without the scope gets the status of a wrong one, with words of its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, override

from yarl import URL

from ..client.credentials import Need, Rights, Secret
from ..client.declared import Refusal, Whoami
from ..client.errors import ForbiddenError
from ..client.fields import Each, Field
from ..client.provider import Provider
from ..readings import BALANCE, USED, Reading


class Linode(Provider):
    """An account at Linode."""

    key = "linode"
    name = "Linode (Akamai)"
    website = "https://www.linode.com"
    keys_url = "https://cloud.linode.com/profile/tokens"
    top_up_url = "https://cloud.linode.com/account/billing"
    may_owe = True
    secret = Secret.ACCESS_TOKEN
    rights = Rights(Need.RIGHT, "account:read_only")

    base = URL("https://api.linode.com/v4")
    path = "account"
    refusals = (
        Refusal(means=ForbiddenError, status=401, word="not authorized to use this endpoint"),
    )
    fields = (
        Field(path="balance", kind=BALANCE, unit="USD", scale=Decimal(-1), required=True),
        Field(path="balance_uninvoiced", kind=USED, unit="USD"),
        Each(
            path="active_promotions",
            scope_path="service_type",
            fields=(Field(path="credit_remaining", kind=BALANCE, unit="USD"),),
        ),
    )
    whoami = Whoami(id_path="euuid")

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        """Yield the readings, a promotion's called one: it is for `all` services or for a kind."""
        for reading in super().read(body):
            yield replace(reading, scope=f"Promotion {reading.scope}") if reading.scope else reading
