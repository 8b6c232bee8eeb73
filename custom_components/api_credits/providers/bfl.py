"""Black Forest Labs: credits of an account.

Source: the provider's API reference and a copy of its OpenAPI description (May 2026). That a bad
key is refused with the status 403 is what people have seen; its guide for agents says 401. There is
no id.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.declared import Refusal
from ..client.errors import InvalidCredentialsError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class BlackForestLabs(Provider):
    """An account at Black Forest Labs."""

    key = "bfl"
    name = "Black Forest Labs"
    website = "https://bfl.ai"
    keys_url = "https://dashboard.bfl.ai/get-started"
    top_up_url = "https://dashboard.bfl.ai"

    auth = Header("x-key")
    base = URL("https://api.bfl.ai/v1")
    path = "credits"
    refusals = (Refusal(means=InvalidCredentialsError, status=403, word="Invalid Authentication"),)
    fields = (Field(path="credits", kind=BALANCE, unit="credits", required=True),)
