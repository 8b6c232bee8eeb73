"""Bright Data: the money of an account, and what of it is still to be billed.

Source: the provider's own notes on live answers (the skill `billing`, August 2026), its
documentation of the call for the older name of a field, and programs. Free credits are in no
answer. Unsure: whether what is to be billed has been taken off the balance already (one program
that subtracted it was wrong). Any 403 counts as a missing right, as its body may be plain text.
"""

from yarl import URL

from ..client.credentials import Need, Rights
from ..client.declared import Refusal
from ..client.errors import ForbiddenError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, USED


class BrightData(Provider):
    """An account at Bright Data."""

    key = "brightdata"
    name = "Bright Data"
    website = "https://brightdata.com"
    keys_url = "https://brightdata.com/cp/setting/users"
    top_up_url = "https://brightdata.com/cp/billing"
    rights = Rights(Need.KIND, "Finance / Admin")

    base = URL("https://api.brightdata.com")
    path = "customer/balance"
    refusals = (Refusal(means=ForbiddenError, status=403),)
    fields = (
        Field(path="balance", kind=BALANCE, unit="USD", required=True),
        Field(path="pending_costs", instead="pending_balance", kind=USED, unit="USD"),
    )
