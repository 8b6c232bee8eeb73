"""Deepgram: the balances of a project, a sum for each unit.

Source: the provider's API reference (billing, errors, roles), its Python SDK 7.17 and its .NET SDK.
Each purchase or grant is a balance of its own, in dollars or in hours. A balance that is used up or
has expired presumably leaves the list; an empty list is an unknown balance, not zero.
"""

from yarl import URL

from ..client.credentials import Header, Need, Rights
from ..client.declared import Refusal, Whoami
from ..client.errors import ForbiddenError
from ..client.fields import Each, Field
from ..client.provider import Provider
from ..readings import BALANCE


class Deepgram(Provider):
    """A project at Deepgram."""

    key = "deepgram"
    name = "Deepgram"
    website = "https://deepgram.com"
    keys_url = "https://console.deepgram.com"
    top_up_url = "https://console.deepgram.com"
    rights = Rights(Need.RIGHT, "billing:read")

    key_prefixes = ("Token ", "Bearer ")
    auth = Header("Authorization", "Token ")
    base = URL("https://api.deepgram.com/v1")
    path = "projects/{account}/balances"
    refusals = (Refusal(means=ForbiddenError, status=401, word="sufficient permissions"),)
    fields = (
        Each(
            path="balances",
            scope_path="units",
            fields=(
                Field(
                    path="amount",
                    kind=BALANCE,
                    unit_path="units",
                    units={"hour": "hours", "hours": "hours"},
                    required=True,
                ),
            ),
        ),
    )
    whoami = Whoami(path="projects", each="projects", id_path="project_id", title_path="name")
