"""Stability AI: credits of an organisation; one credit is a US cent.

Source: the provider's OpenAPI descriptions (v1.json, v1alpha.json), its platform documentation and
help centre. v1alpha, whose end was announced for May 2023, takes the key without `Bearer`. A 403
that is not JSON comes from the web firewall and says nothing about the key.
"""

from datetime import timedelta
from typing import Final, override

from yarl import URL

from ..client.errors import MalformedError, UnexpectedStatusError
from ..client.fields import Field, find, items, text
from ..client.provider import Identity, Provider
from ..readings import BALANCE, Account

V1: Final = "v1"
V1ALPHA: Final = "v1alpha"


class StabilityAi(Provider):
    """An organisation at Stability AI; the variant is the generation of the API."""

    key = "stability_ai"
    name = "Stability AI"
    website = "https://platform.stability.ai"
    keys_url = "https://platform.stability.ai/account/keys"
    top_up_url = "https://platform.stability.ai/account/credits"
    rights = "any API key"

    default_interval = timedelta(minutes=15)

    base = URL("https://api.stability.ai")
    fields = (Field(path="credits", kind=BALANCE, unit="credits", required=True),)

    @property
    @override
    def headers(self) -> dict[str, str]:
        """Return the key as the API's generation wants it, and the organisation once chosen."""
        headers = {"Authorization": self.api_key} if self.variant == V1ALPHA else super().headers
        if self.account:
            headers["Organization"] = self.account
        return headers

    @override
    async def identify(self) -> list[Identity]:
        """Return the organisations that the key reaches, the default one first."""
        self.variant = V1
        try:
            body = await self.get(f"{V1}/user/account")
        except UnexpectedStatusError as err:
            if err.status != 404:
                raise
            self.variant = V1ALPHA
            body = await self.get(f"{V1ALPHA}/user/account")
        organizations = sorted(
            items(body, "organizations"),
            key=lambda organization: find(organization, "is_default") is not True,
        )
        if not organizations:
            raise MalformedError("organizations: empty")
        return [
            Identity(
                id=text(organization, "id"),
                title=text(organization, "name"),
                variant=self.variant,
            )
            for organization in organizations
        ]

    @override
    async def fetch(self) -> Account:
        """Return the organisation's balance."""
        return await self.account_at(f"{self.variant}/user/balance", self.read)
