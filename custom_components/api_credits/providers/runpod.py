"""Runpod: the credit of an account, in US dollars.

Source: the provider's documentation (GraphQL, runpodctl, API keys, release notes) and its Python
SDK 1.12.0. The GraphQL API ends early in 2027; in November 2026 the REST API v2 has billing history
and limits, but no balance. `spendLimit` is a limit of the spending in an hour, and not asked for.
"""

from datetime import timedelta

from yarl import URL

from ..client.credentials import Need, Rights
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Runpod(Provider):
    """An account at Runpod."""

    key = "runpod"
    name = "Runpod"
    website = "https://www.runpod.io"
    keys_url = "https://console.runpod.io/user/settings"
    top_up_url = "https://console.runpod.io/user/billing"
    rights = Rights(Need.RIGHT, "GraphQL")

    default_interval = timedelta(minutes=15)

    base = URL("https://api.runpod.io")
    path = "graphql"
    method = "POST"
    json = {"query": "query { myself { id clientBalance } }"}
    success = {"errors": None}
    fields = (Field(path="data.myself.clientBalance", kind=BALANCE, unit="USD", required=True),)
    whoami = Whoami(id_path="data.myself.id")
