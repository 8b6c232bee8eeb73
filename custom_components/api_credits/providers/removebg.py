"""remove.bg: credits of an account, those of its plan and those bought together.

Source: answers recorded in the provider's Ruby library, and a copy of its OpenAPI description. A
bad key is refused with the status 403. The provider asks to poll rarely. There is no id.
"""

from datetime import timedelta

from yarl import URL

from ..client.credentials import Header
from ..client.declared import Refusal
from ..client.errors import InvalidCredentialsError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, FREE, PURCHASED


class RemoveBg(Provider):
    """An account at remove.bg."""

    key = "removebg"
    name = "remove.bg"
    website = "https://www.remove.bg"
    keys_url = "https://www.remove.bg/dashboard#api-key"
    top_up_url = "https://www.remove.bg"

    auth = Header("X-Api-Key")
    min_interval = timedelta(minutes=15)

    base = URL("https://api.remove.bg/v1.0")
    path = "account"
    refusals = (Refusal(means=InvalidCredentialsError, status=403, word='"auth_failed"'),)
    fields = (
        Field(path="data.attributes.credits.total", kind=BALANCE, unit="credits", required=True),
        Field(path="data.attributes.credits.payg", kind=PURCHASED, unit="credits"),
        Field(path="data.attributes.api.free_calls", kind=FREE, unit="calls"),
    )
