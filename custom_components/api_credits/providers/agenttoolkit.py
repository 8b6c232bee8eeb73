"""AgentToolkit: credits of a plan that renews by the period.

Source: a generated Python client (April 2025) and its author's TypeScript and Python SDKs. These
disagree on the header of the key, so both are tried; a key in the wrong one may get a 403, as
FastAPI has it. Whether the service is still alive could not be confirmed.
"""

from yarl import URL

from ..client.credentials import Bearer, Header
from ..client.declared import Refusal, Way
from ..client.errors import InvalidCredentialsError
from ..client.fields import Field
from ..client.provider import Provider
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


class AgentToolkit(Provider):
    """A plan at AgentToolkit; the variant is the header that its key goes in."""

    key = "agenttoolkit"
    name = "AgentToolkit"
    website = "https://agenttoolkit.ai"
    keys_url = "https://agenttoolkit.ai"
    top_up_url = "https://agenttoolkit.ai"

    ways = {"bearer": Way(auth=Bearer()), "x_api_key": Way(auth=Header("X-API-Key"))}
    falls_back_on = InvalidCredentialsError

    base = URL("https://api.agenttoolkit.ai/api/v1")
    path = "credits"
    refusals = (
        Refusal(means=InvalidCredentialsError, status=403, word="Not authenticated"),
        Refusal(means=InvalidCredentialsError, status=403, word="Could not validate credentials"),
    )
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
