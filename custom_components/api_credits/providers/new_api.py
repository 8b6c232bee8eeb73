"""New API and One API: quota of a user of one's own gateway, or of one key of it.

Source: the servers' own code (QuantumNous/new-api controller/{billing,misc,token,user}.go and
middleware/auth.go; songquanpeng/one-api the same). Quota is a counted thing, of which the server
says how many are a dollar and in what it shows them. One API takes no key for itself, has no user
ID in a header, and answers a wrong access token with 200.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, override

from ..client.credentials import ADDRESS, API_KEY, VERIFY_SSL, Credential, Secret
from ..client.declared import Refusal, Way, Whoami
from ..client.errors import InvalidCredentialsError, MalformedError
from ..client.fields import Field, amount, find
from ..client.hosted import Hosted
from ..const import CONF_BALANCE_OF
from ..readings import BALANCE, EXACT, LIMIT, USED, Reading, divided

_STATUS = "status"
# No JSON text holds it.
_BETWEEN = b"\0"


class NewApi(Hosted):
    """Quota at a New API or One API gateway."""

    key = "new_api"
    name = "New API / One API"
    website = "https://github.com/QuantumNous/new-api"
    keys_url = "https://docs.newapi.pro"
    top_up_url = "https://docs.newapi.pro"
    secret = Secret.TOKEN_OR_KEY
    id_word = "User ID"

    subjects = {
        "user": Way(
            path="api/user/self",
            fields=(
                Field(path="data.quota", kind=BALANCE, unit="USD", required=True),
                Field(path="data.used_quota", kind=USED, unit="USD"),
            ),
            success={"success": True},
            whoami=Whoami(id_path="data.id"),
        ),
        "key": Way(
            path="api/usage/token/",
            fields=(
                Field(path="data.total_available", kind=BALANCE, unit="USD", required=True),
                Field(path="data.total_granted", kind=LIMIT, unit="USD"),
                Field(path="data.total_used", kind=USED, unit="USD"),
            ),
            success={"code": True},
        ),
    }
    credentials = (
        ADDRESS,
        Credential(key=CONF_BALANCE_OF, options=tuple(subjects), stays=True),
        API_KEY,
        Credential(key="account_id", optional=True),
        VERIFY_SSL,
    )
    pasted_path = "/v1"
    fixed_headers = {"New-Api-User": "{account_id}"}
    default_interval = timedelta(minutes=15)
    min_interval = timedelta(minutes=1)

    refusals = (Refusal(means=InvalidCredentialsError, word="access token"),)

    @override
    async def _balance(self) -> bytes:
        """Return the answer in which the quota is, with what the server says of its unit."""
        status = await self._answer("GET", "api/status")
        return _BETWEEN.join((await super()._balance(), status))

    @override
    def parse(self, body: bytes) -> Any:
        """Return the value of an answer; with one on the quota, what the server says of itself."""
        answer, _, status = body.partition(_BETWEEN)
        value = super().parse(answer)
        if status and isinstance(value, dict):
            value[_STATUS] = super().parse(status)
        return value

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        """Yield the readings, in the unit in which the server shows them."""
        unlimited = find(body, "data.unlimited_quota") is True
        for reading in super().read(body):
            if unlimited and reading.kind is not USED:
                yield replace(reading, value=None)
            else:
                yield _shown(reading, body)


def _shown(reading: Reading, body: Any) -> Reading:
    """Return an amount of quota as the server shows it: in tokens, in yuan or in dollars."""
    if reading.amount is None:
        return reading
    if find(body, f"{_STATUS}.data.display_in_currency") is False:
        return replace(reading, unit="tokens")
    dollars = divided(reading.amount, _positive(body, "quota_per_unit"))
    if find(body, f"{_STATUS}.data.quota_display_type") != "CNY":
        return replace(reading, value=dollars)
    rate = _positive(body, "usd_exchange_rate")
    return replace(reading, value=EXACT.multiply(dollars, rate), unit="CNY")


def _positive(body: Any, name: str) -> Decimal:
    """Return a number that the server says of its units. Raises MalformedError for no such one."""
    path = f"{_STATUS}.data.{name}"
    if (found := amount(find(body, path), path)) <= 0:
        raise MalformedError(f"{path}: not above zero")
    return found
