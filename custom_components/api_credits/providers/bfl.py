"""Black Forest Labs: credits of an account.

Source: a copy of the provider's OpenAPI description (May 2026); what refusals mean is from its own
guide for agents, which differs from that description in their form. There is no id.
"""

from yarl import URL

from ..client.credentials import Header
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
    fields = (Field(path="credits", kind=BALANCE, unit="credits", required=True),)
