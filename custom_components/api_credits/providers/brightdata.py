"""Bright Data: the money of an account, and what of it is still to be billed.

Source: the provider's documentation of the call; programs for the other name of a field and for
keys that may not ask. Unsure: whether what is to be billed has been taken off the balance already
(one program that subtracted it was wrong), and which permissions besides Admin suffice. Any 403
counts as a missing one, as its body may be plain text.
"""

from yarl import URL

from ..client.credentials import Need, Rights
from ..client.errors import ForbiddenError
from ..client.fields import Field
from ..client.provider import Provider, Refusal
from ..readings import BALANCE, USED


class BrightData(Provider):
    """An account at Bright Data."""

    key = "brightdata"
    name = "Bright Data"
    website = "https://brightdata.com"
    keys_url = "https://brightdata.com/cp/setting/users"
    top_up_url = "https://brightdata.com/cp/billing"
    rights = Rights(Need.KIND, "Admin")

    base = URL("https://api.brightdata.com")
    path = "customer/balance"
    refusals = (Refusal(means=ForbiddenError, status=403),)
    fields = (
        Field(path="balance", kind=BALANCE, unit="USD", required=True),
        Field(path="pending_balance", instead="pending_costs", kind=USED, unit="USD"),
    )
