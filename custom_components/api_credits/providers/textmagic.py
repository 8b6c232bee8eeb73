"""Textmagic: the money of an account, in its own currency.

Source: the provider's Python SDK 2.0.3 and its OpenAPI description (November 2025).
"""

from yarl import URL

from ..client.credentials import API_KEY, USERNAME, Header, Together
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Textmagic(Provider):
    """A user at Textmagic."""

    key = "textmagic"
    name = "Textmagic"
    website = "https://www.textmagic.com"
    keys_url = "https://www.textmagic.com"
    top_up_url = "https://www.textmagic.com"

    credentials = (USERNAME, API_KEY)
    auth = Together(Header("X-TM-Username", credential="username"), Header("X-TM-Key"))
    base = URL("https://rest.textmagic.com/api/v2")
    path = "user"
    fields = (Field(path="balance", kind=BALANCE, unit_path="currency.id", required=True),)
    whoami = Whoami(id_path="id")
