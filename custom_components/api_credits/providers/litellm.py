"""LiteLLM: a budget in US dollars, of a key of one's own proxy, of its user, or of its team.

Source: litellm-docs (virtual_keys.md, cost_tracking.md), and the answers of LiteLLM 1.106.2 itself.
A key may have its budget from a table of budgets. The proxy writes spend down in batches, about a
minute late. `key` and `key_name` hold pieces of the key, so they are never read.
"""

from datetime import timedelta

from ..client.credentials import ADDRESS, API_KEY, VERIFY_SSL, Credential, Need, Rights
from ..client.declared import Refusal, Way, Whoami
from ..client.errors import ForbiddenError
from ..client.fields import Field
from ..client.hosted import Hosted
from ..const import CONF_BALANCE_OF
from ..readings import BALANCE, LIMIT, RENEWS_AT, USED


def _budget(at: str, table: str | None = None) -> tuple[Field, ...]:
    """Return the readings of a budget that stands here, or else in its table."""
    limit = f"{at}.max_budget"
    shared = table and f"{table}.max_budget"
    spend = f"{at}.spend"
    return (
        Field(path=limit, instead=shared, minus=spend, kind=BALANCE, unit="USD"),
        Field(path=limit, instead=shared, kind=LIMIT, unit="USD"),
        Field(path=spend, kind=USED, unit="USD", required=True),
        Field(
            path=f"{at}.budget_reset_at",
            instead=table and f"{table}.budget_reset_at",
            kind=RENEWS_AT,
        ),
    )


class LiteLlm(Hosted):
    """A budget at a LiteLLM proxy."""

    key = "litellm"
    name = "LiteLLM"
    website = "https://www.litellm.ai"
    keys_url = "https://docs.litellm.ai/docs/proxy/virtual_keys"
    top_up_url = "https://docs.litellm.ai/docs/proxy/users"
    rights = Rights(Need.KIND, "virtual key")

    subjects = {
        "key": Way(path="key/info", fields=_budget("info", table="info.litellm_budget_table")),
        "user": Way(
            path="user/info",
            fields=_budget("user_info"),
            whoami=Whoami(id_path="user_id", title_path="user_info.user_alias", is_personal=True),
        ),
        "team": Way(
            path="team/info?team_id={account}",
            fields=_budget("team_info"),
            # Without one, asking for it is what the proxy refuses.
            whoami=Whoami(path="key/info", id_path="info.team_id", may_lack=True),
        ),
    }
    credentials = (
        ADDRESS,
        Credential(key=CONF_BALANCE_OF, options=tuple(subjects), stays=True),
        API_KEY,
        VERIFY_SSL,
    )
    pasted_path = "/v1"
    default_interval = timedelta(minutes=15)
    min_interval = timedelta(minutes=1)

    # The proxy's own words, other than those of a page that is not there.
    refusals = (Refusal(means=ForbiddenError, status=404, word="404", path="error.code"),)
