"""Hyperstack (NexGen Cloud, Infrahub API): the prepaid credit of an organisation, in US dollars.

Source: the API's OpenAPI description (June 2026), its Python SDK 1.56 and its reference pages on
credit, organisations, errors and rate limits. `threshold` is shown, not reasoned from: the pages
disagree on what it does.
"""

from datetime import timedelta
from typing import override

from yarl import URL

from ..client.errors import ForbiddenError
from ..client.fields import Field, text
from ..client.provider import Identity, Provider
from ..readings import BALANCE, CAN_CREATE_INSTANCE, THRESHOLD


class Hyperstack(Provider):
    """An organisation at Hyperstack."""

    key = "hyperstack"
    name = "Hyperstack"
    website = "https://www.hyperstack.cloud"
    keys_url = "https://console.hyperstack.cloud/api-keys"
    top_up_url = "https://console.hyperstack.cloud/billing"
    rights = "read access to billing (and to the organization, to recognize the account)"

    default_interval = timedelta(minutes=15)

    base = URL("https://infrahub-api.nexgencloud.com/v1")
    path = "billing/user-credit/credit"
    fields = (
        Field(path="data.credit", kind=BALANCE, unit="USD", required=True),
        Field(path="data.threshold", kind=THRESHOLD, unit="USD"),
        Field(path="data.can_create_instance", kind=CAN_CREATE_INSTANCE),
    )

    @property
    @override
    def headers(self) -> dict[str, str]:
        """Return the key as it is, in a header of its own."""
        return {"api_key": self.api_key}

    @override
    async def identify(self) -> list[Identity]:
        """Return the organisation; a key may be good and yet not be allowed to read it."""
        try:
            body = await self.get("auth/organizations")
        except ForbiddenError:
            return [Identity()]
        return [Identity(id=text(body, "organization.id"), title=text(body, "organization.name"))]
