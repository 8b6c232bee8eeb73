"""Hyperstack (NexGen Cloud, Infrahub API): the prepaid credit of an organisation, in US dollars.

Source: the API's OpenAPI description (June 2026), its Python SDK 1.56 and its reference pages on
credit, organisations, errors and rate limits. `threshold` is shown, not reasoned from: the pages
disagree on what it does.
"""

from datetime import timedelta

from yarl import URL

from ..client.credentials import Header, Need, Rights
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, CAN_CREATE_INSTANCE, THRESHOLD


class Hyperstack(Provider):
    """An organisation at Hyperstack."""

    key = "hyperstack"
    name = "Hyperstack"
    website = "https://www.hyperstack.cloud"
    keys_url = "https://console.hyperstack.cloud/api-keys"
    top_up_url = "https://console.hyperstack.cloud/billing"
    rights = Rights(Need.RIGHT, "billing")

    auth = Header("api_key")
    default_interval = timedelta(minutes=15)

    base = URL("https://infrahub-api.nexgencloud.com/v1")
    path = "billing/user-credit/credit"
    fields = (
        Field(path="data.credit", kind=BALANCE, unit="USD", required=True),
        Field(path="data.threshold", kind=THRESHOLD, unit="USD"),
        Field(path="data.can_create_instance", kind=CAN_CREATE_INSTANCE),
    )
    whoami = Whoami(
        path="auth/organizations",
        id_path="organization.id",
        title_path="organization.name",
        may_refuse=True,
    )
