"""Hunter: the credits of a team, and when they come back.

Source: the provider's own plug-ins (what is left is `remaining`, and not a difference), a copy of
its API description, and programs that read it. Older plans have searches and verifications in the
place of credits; where these do not say what remains, the difference is taken, which may be too
little if a pack was bought. Names and e-mail addresses in the answer are not read.
"""

from collections.abc import Iterator
from typing import Any, override

from yarl import URL

from ..client.credentials import Query
from ..client.declared import Refusal, Whoami
from ..client.errors import RateLimitedError
from ..client.fields import Field, find, read
from ..client.provider import Provider
from ..readings import BALANCE, LIMIT, PLAN, RENEWS_AT, USED, Reading

_POOLS = "data.requests"


class Hunter(Provider):
    """A team at Hunter."""

    key = "hunter"
    name = "Hunter"
    website = "https://hunter.io"
    keys_url = "https://hunter.io/api_keys"
    top_up_url = "https://hunter.io"

    auth = Query("api_key")
    base = URL("https://api.hunter.io/v2")
    path = "account"
    refusals = (Refusal(means=RateLimitedError, status=403, word="too_many_requests"),)
    fields = (
        Field(path="data.reset_date", kind=RENEWS_AT),
        Field(path="data.plan_name", kind=PLAN),
        Field(path=f"{_POOLS}.credits.remaining", kind=BALANCE, unit="credits", required=True),
        Field(path=f"{_POOLS}.credits.available", kind=LIMIT, unit="credits"),
        Field(path=f"{_POOLS}.credits.used", kind=USED, unit="credits"),
    )
    whoami = Whoami(id_path="data.team_id", may_lack=True)

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        if find(body, f"{_POOLS}.searches") is None or find(body, f"{_POOLS}.credits") is not None:
            return super().read(body)
        older = (_left(body, "searches"), _left(body, "verifications"))
        return read(body, (*self.fields[:2], *older))


def _left(body: Any, pool: str) -> Field:
    """Return the field of what is left in a pool of an older plan."""
    path, minus = f"{_POOLS}.{pool}.available", f"{_POOLS}.{pool}.used"
    unit, scope = pool, pool.capitalize()
    if find(body, remaining := f"{_POOLS}.{pool}.remaining") is not None:
        return Field(path=remaining, kind=BALANCE, unit=unit, scope=scope)
    return Field(path=path, minus=minus, kind=BALANCE, unit=unit, scope=scope, required=True)
