"""Leonardo.Ai: tokens of the API, paid ones and those of a plan together; not those of the app.

Source: copies of the provider's OpenAPI description (August 2026) and its TypeScript SDK (April
2026). A pool that is null is none. The API now has prices in dollars, but the call still tells
whole tokens; how the two relate is not said. The user name is a handle, and not read.
"""

from yarl import URL

from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, RENEWS_AT


class Leonardo(Provider):
    """An account at Leonardo.Ai."""

    key = "leonardo"
    name = "Leonardo.Ai"
    website = "https://leonardo.ai"
    keys_url = "https://app.leonardo.ai/api-access"
    top_up_url = "https://app.leonardo.ai/api-access"

    base = URL("https://cloud.leonardo.ai/api/rest/v1")
    path = "me"
    fields = (
        Field(
            path="user_details.0.apiPaidTokens",
            also="user_details.0.apiSubscriptionTokens",
            kind=BALANCE,
            unit="tokens",
            required=True,
        ),
        Field(path="user_details.0.apiPlanTokenRenewalDate", kind=RENEWS_AT),
    )
    whoami = Whoami(id_path="user_details.0.user.id")
