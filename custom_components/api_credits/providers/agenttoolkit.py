"""AgentToolkit: credits of a plan that renews by the period.

Source: a generated Python client (April 2025) and its author's TypeScript and Python SDKs. These
disagree on the header of the key, so both are tried. Whether the service is still alive could not
be confirmed.
"""

from typing import Final, override

from yarl import URL

from ..client.errors import InvalidCredentialsError
from ..client.fields import Field
from ..client.provider import Identity, Provider
from ..readings import (
    BALANCE,
    DAYS_UNTIL_RENEWAL,
    FREE,
    PLAN,
    PURCHASED,
    RENEWS_AT,
    TOTAL,
    USED,
)

BEARER: Final = "bearer"
X_API_KEY: Final = "x_api_key"


class AgentToolkit(Provider):
    """A plan at AgentToolkit; the variant is the header that its key goes in."""

    key = "agenttoolkit"
    name = "AgentToolkit"
    website = "https://agenttoolkit.ai"
    keys_url = "https://agenttoolkit.ai"
    top_up_url = "https://agenttoolkit.ai"
    rights = "any API key"

    base = URL("https://api.agenttoolkit.ai/api/v1")
    path = "credits"
    fields = (
        Field(path="remaining_credits", kind=BALANCE, unit="credits", required=True),
        Field(path="total_credits", kind=TOTAL, unit="credits", required=True),
        Field(path="used_credits", kind=USED, unit="credits", required=True),
        Field(path="free_credits", kind=FREE, unit="credits", required=True),
        Field(path="purchased_credits", kind=PURCHASED, unit="credits"),
        Field(path="days_until_reset", kind=DAYS_UNTIL_RENEWAL, required=True),
        Field(path="reset_date", kind=RENEWS_AT),
        Field(path="plan_tier", kind=PLAN),
    )

    @property
    @override
    def headers(self) -> dict[str, str]:
        """Return the key in the header that worked when the account was added."""
        if self.variant == X_API_KEY:
            return {"X-API-Key": self.api_key}
        return super().headers

    @override
    async def identify(self) -> list[Identity]:
        """Find out which header works; the provider tells no id."""
        self.variant = BEARER
        try:
            await self.get(self.path)
        except InvalidCredentialsError:
            self.variant = X_API_KEY
            await self.get(self.path)
        return [Identity(variant=self.variant)]
