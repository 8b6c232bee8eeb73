"""Stability AI: credits of an organisation; one credit is a US cent.

Source: the provider's OpenAPI descriptions (v1.json, v1alpha.json), its platform documentation and
help centre. v1alpha, whose end was announced for May 2023, takes the key without `Bearer`. A 403
that is not JSON comes from the web firewall and says nothing about the key.
"""

from datetime import timedelta

from yarl import URL

from ..client.credentials import Bearer, Header
from ..client.declared import Way, Whoami
from ..client.errors import NotFoundError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class StabilityAi(Provider):
    """An organisation at Stability AI; the variant is the generation of the API."""

    key = "stability_ai"
    name = "Stability AI"
    website = "https://platform.stability.ai"
    keys_url = "https://platform.stability.ai/account/keys"
    top_up_url = "https://platform.stability.ai/account/credits"

    ways = {"v1": Way(auth=Bearer()), "v1alpha": Way(auth=Header("Authorization"))}
    falls_back_on = NotFoundError
    fixed_headers = {"Organization": "{account}"}
    default_interval = timedelta(minutes=15)

    base = URL("https://api.stability.ai")
    path = "{variant}/user/balance"
    fields = (Field(path="credits", kind=BALANCE, unit="credits", required=True),)
    whoami = Whoami(
        path="{variant}/user/account",
        each="organizations",
        id_path="id",
        title_path="name",
        default="is_default",
    )
