"""Recraft: API units of an account, which are apart from the credits of the app.

Source: a copy of the provider's OpenAPI description (22 August 2026) and its page on the API
portal. The answer also holds an e-mail address and a name, which are not read. What a bad key gets
is not said.
"""

from yarl import URL

from ..client.credentials import Secret
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Recraft(Provider):
    """An account at Recraft."""

    key = "recraft"
    name = "Recraft"
    website = "https://www.recraft.ai"
    keys_url = "https://www.recraft.ai/profile/api"
    top_up_url = "https://www.recraft.ai"
    secret = Secret.API_TOKEN

    base = URL("https://external.api.recraft.ai/v1")
    path = "users/me"
    query = {"billing": "api"}
    fields = (Field(path="credits", kind=BALANCE, unit="units", required=True),)
    whoami = Whoami(id_path="id")
