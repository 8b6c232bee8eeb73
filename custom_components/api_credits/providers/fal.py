"""fal.ai: the credits of a person or a team, as money.

Source: the provider's API reference (account billing) and a copy of its OpenAPI description
(August 2026). The identity is the user name, a handle that its owner chose. An account is locked
somewhat above zero, so a small balance may already be of no use.
"""

from yarl import URL

from ..client.credentials import Header, Need, Rights, Secret
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Fal(Provider):
    """An account at fal.ai."""

    key = "fal"
    name = "fal.ai"
    website = "https://fal.ai"
    keys_url = "https://fal.ai/dashboard/keys"
    top_up_url = "https://fal.ai/dashboard/billing"
    secret = Secret.ADMIN_KEY
    rights = Rights(Need.KIND, "ADMIN")

    key_prefixes = ("Key ", "Bearer ")
    auth = Header("Authorization", "Key ")
    base = URL("https://api.fal.ai/v1")
    path = "account/billing"
    query = {"expand": "credits"}
    fields = (
        Field(
            path="credits.current_balance",
            kind=BALANCE,
            unit_path="credits.currency",
            required=True,
        ),
    )
    whoami = Whoami(id_path="username", title_path="username")
