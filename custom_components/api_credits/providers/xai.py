"""xAI: prepaid credit of a team, less what the running cycle used of it, in US dollars.

Source: the provider's reference of its management API as programs quote it, and programs' notes of
live answers. Amounts are cents, credit is negative; what was used has either sign in samples. The
other call, on the prepaid ledger, says too much until a cycle closes. A team that pays afterwards
and has no credit has no balance. A key of a whole organisation may name no team, and is of no use.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, override

from yarl import URL

from ..client.credentials import Need, Rights, Secret
from ..client.declared import Whoami
from ..client.fields import Field, find
from ..client.provider import Provider
from ..readings import BALANCE, USED, Reading

_INVERTED_CENT = Decimal("-0.01")
_USED = "coreInvoice.prepaidCreditsUsed"


class Xai(Provider):
    """A team at xAI."""

    key = "xai"
    name = "xAI"
    website = "https://x.ai"
    keys_url = "https://console.x.ai"
    top_up_url = "https://console.x.ai"
    secret = Secret.MANAGEMENT_KEY
    rights = Rights(Need.RIGHT, "Billing Read")
    base = URL("https://management-api.x.ai")
    path = "v1/billing/teams/{account}/postpaid/invoice/preview"
    fields = (
        Field(
            path="coreInvoice.prepaidCredits.val",
            minus=f"{_USED}.val",
            kind=BALANCE,
            scale=_INVERTED_CENT,
            unit="USD",
            required=True,
        ),
        Field(path=f"{_USED}.val", kind=USED, scale=_INVERTED_CENT, unit="USD", required=True),
    )
    whoami = Whoami(path="auth/management-keys/validation", id_path="teamId")

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        used = find(body, _USED)
        if isinstance(used, dict) and isinstance(cents := used.get("val"), str):
            used["val"] = f"-{cents.removeprefix('-')}"
        limit = find(body, "effectiveSpendingLimit")
        readings = list(super().read(body))
        if isinstance(limit, str) and limit != "0" and not any(each.amount for each in readings):
            return (replace(each, value=None) for each in readings)
        return iter(readings)
