"""SDKs that we did not write take the sandbox for their providers."""

import asyncio
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
import json
import os
from pathlib import Path
import re
from typing import Any

from _pytest.mark import ParameterSet
import pytest
from yarl import URL

from contracts import load_contract
from contracts.form import Sample
from contracts.form.contract import Value, fill
from sandbox.accounts import Account, Balance
from sandbox.faults import Fault, Kind
from sandbox.sandbox import Sandbox

ROOT = Path(__file__).parents[3]
PYTHON = ROOT / ".venv-sdks" / "bin" / "python"
PROGRAM = Path(__file__).with_name("judges.py")


@dataclass(frozen=True)
class Sdk:
    """An SDK, the error it raises for a wrong key, and what of the refusal it passes on."""

    name: str
    error: str
    says: str
    _: KW_ONLY
    does_not_read: frozenset[str] = frozenset()
    """Balances that the provider tells and the SDK has no field for."""


SDKS: Mapping[str, Sdk] = {
    "africastalking": Sdk(
        "africastalking",
        "africastalking.Service.AfricasTalkingException",
        "The supplied authentication is invalid",
    ),
    "apify": Sdk("apify-client", "apify_client.errors.UnauthorizedError", "token is not valid"),
    "brevo": Sdk(
        "brevo-python",
        "brevo.core.api_error.ApiError",
        "status_code: 401, body: {'message': 'Key not found'",
    ),
    "clicksend": Sdk(
        "clicksend-client", "clicksend.exceptions.UnauthorizedException", "Authorization failed."
    ),
    "dataforseo": Sdk(
        "dataforseo-client",
        "dataforseo_client.exceptions.UnauthorizedException",
        "(401)\nReason: Unauthorized",
    ),
    "deepgram": Sdk(
        "deepgram-sdk",
        "deepgram.core.api_error.ApiError",
        "status_code: 401, body: {'err_code': 'INVALID_AUTH'",
    ),
    "deepl": Sdk(
        "deepl",
        "deepl.exceptions.AuthorizationException",
        "Authorization failed.",
        does_not_read=frozenset({"Speech to text"}),
    ),
    "easypost": Sdk(
        "easypost",
        "easypost.errors.api.unauthorized_error.UnauthorizedError",
        "This api key is no longer active.",
    ),
    "elevenlabs": Sdk(
        "elevenlabs",
        "elevenlabs.core.api_error.ApiError",
        "status_code: 401, body: {'detail': {'status': 'invalid_api_key'",
    ),
    "firecrawl": Sdk(
        "firecrawl-py",
        "firecrawl.v2.utils.error_handler.UnauthorizedError",
        "Unauthorized: Invalid token",
    ),
    "linode": Sdk("linode-api4", "linode_api4.errors.ApiError", "[401] Invalid Token"),
    "luma": Sdk("lumaai", "lumaai.AuthenticationError", "401 - {'detail': 'Invalid API key'}"),
    "messagebird": Sdk("messagebird", "messagebird.client.ErrorException", "incorrect access_key"),
    "plivo": Sdk("plivo", "plivo.exceptions.AuthenticationError", "Failed to authenticate"),
    "runway": Sdk("runwayml", "runwayml.AuthenticationError", "401 - {'error': 'Unauthorized'}"),
    "serpapi": Sdk("serpapi", "serpapi.exceptions.HTTPError", "401 Client Error"),
    "shodan": Sdk("shodan", "shodan.exception.APIError", "Invalid API key"),
    "telnyx": Sdk("telnyx", "telnyx.AuthenticationError", "'title': 'Authentication failed'"),
    "textmagic": Sdk(
        "textmagic",
        "textmagic.rest.exceptions.TextmagicRestException",
        "Invalid username & token combination",
    ),
    "twilio": Sdk(
        "twilio",
        "twilio.base.exceptions.TwilioRestException",
        "HTTP 401 error: Unable to fetch record: Authenticate",
    ),
    "vonage": Sdk(
        "vonage", "vonage_http_client.errors.AuthenticationError", "authentication failed"
    ),
}

WORDS: Mapping[str, str] = {"euros": "EUR", "pounds": "GBP", "dollars": "USD", "hour": "hours"}
"""Units in the words of SDKs that do not write them as we do."""

type Outcome = Mapping[str, Decimal] | str
"""The amounts that are read by scope, or the error that is raised."""

DIFFERS: Mapping[tuple[str, str], Outcome] = {
    # Its model takes texts only; that there could be a number is our caution.
    ("clicksend", "a number instead of a text, in another currency"): (
        "pydantic_core._pydantic_core.ValidationError"
    ),
    # It passes on the limit of 10^12, which means that there is none.
    ("deepl", "a Pro subscription without a limit"): {"": Decimal(10**12 - 5947223)},
    # These pass the 0 on.
    ("messagebird", "an account that pays later: its 0 is not that nothing is left"): {
        "": Decimal(0)
    },
    ("plivo", "an account that pays later: its 0 is not that nothing is left"): {"": Decimal(0)},
}
"""Where an SDK makes something else of an answer than the contract does."""


def further_answers() -> list[ParameterSet]:
    """Return the answers in which something can be read, beside the one the sandbox gives."""
    return [
        pytest.param(key, sample, id=f"{key}-{sample.shows}")
        for key in SDKS
        for sample in load_contract(key).samples
        if sample.readings is not None
    ]


every_sdk = pytest.mark.parametrize("key", SDKS)
installed = pytest.mark.skipif(
    not PYTHON.exists(), reason="the SDKs are not installed: run scripts/test --sdks"
)


async def ask(sandbox: Sandbox, key: str, *api_keys: str | None) -> list[dict[str, Any]]:
    """Return what a provider's SDK makes of these keys, in a process of its own."""
    ca_file = str(sandbox.ca_file)
    task = {
        "judge": key,
        "ports": json.loads(sandbox.hosts_file.read_text()),
        "credentials": [
            {**load_contract(key).credentials, "api_key": api_key} for api_key in api_keys
        ],
    }
    process = await asyncio.create_subprocess_exec(
        *(PYTHON, PROGRAM),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"SSL_CERT_FILE": ca_file, "REQUESTS_CA_BUNDLE": ca_file},
    )
    printed, _ = await process.communicate(json.dumps(task).encode())
    assert process.returncode == 0
    # One of them prints the errors it raises.
    answers: list[dict[str, Any]] = json.loads(printed.splitlines()[-1])
    return answers


def as_documented(readings: Mapping[str, Value]) -> dict[str, tuple[Decimal, str]]:
    """Return the balances among documented readings that are known: amounts and units by scope."""
    found = {}
    for name, value in readings.items():
        kind, _, scope = name.partition("_")
        if kind == "balance" and value is not None:
            amount, _, unit = str(value).partition(" ")
            found[scope] = Decimal(amount), unit
    return found


def as_read(answer: dict[str, Any]) -> Outcome:
    """Return the amounts by scope that an SDK read, in so far as they are known."""
    if "error" in answer:
        return str(answer["error"])
    amounts = {scope.lower(): amount for scope, (amount, _) in answer["read"].items()}
    return {scope: Decimal(amount) for scope, amount in amounts.items() if amount is not None}


def in_books(account: Account) -> dict[str, Decimal]:
    """Return what an account has, by scope, in so far as the SDK has a field for it.

    Where a key reaches several accounts at the provider, that is what the default one has.
    """
    contract = load_contract(account.provider)
    if len(contract.identities) > 1:
        return {contract.balances[0].scope: next(iter(account.balances.values())).amount}
    kept = account.balances.keys() - SDKS[account.provider].does_not_read
    return {scope.lower(): account.balances[scope].amount for scope in kept}


def check_units(answer: dict[str, Any], documented: Mapping[str, tuple[Decimal, str]]) -> None:
    """Check that the units that an SDK tells are those that are documented."""
    for scope, (amount, unit) in answer["read"].items():
        if unit is not None and amount is not None:
            assert WORDS.get(unit, unit).lower() == documented[scope.lower()][1].lower()


@installed
@every_sdk
async def test_balance(sandbox: Sandbox, key: str) -> None:
    """The SDK reads what an account has to the last digit, nothing too, and takes a refusal."""
    account, sdk = sandbox.accounts[key], SDKS[key]
    for number, balance in enumerate(account.balances.values(), start=3):
        balance.amount += number
    nothing = {scope: Balance(amount=Decimal(0)) for scope in account.balances}
    used_up = Account(id="used up", provider=key, key="demo-used-up-key", balances=nothing)
    sandbox.accounts.add(used_up)

    right, empty, wrong = await ask(sandbox, key, account.key, used_up.key, "demo-wrong-key")

    assert as_read(right) == in_books(account)
    assert as_read(empty) == in_books(used_up)
    check_units(right, as_documented(load_contract(key).readings))
    assert wrong["error"] == sdk.error
    assert sdk.says in wrong["text"]
    assert [*dict.fromkeys(seen.account for seen in sandbox.requests)] == [key, "used up", None]
    assert {seen.provider for seen in sandbox.requests} == {key}


@installed
@pytest.mark.parametrize(("key", "sample"), further_answers())
async def test_further_answer(sandbox: Sandbox, key: str, sample: Sample) -> None:
    """The SDK reads the same balances in the contract's other answers: debts, other currencies."""
    contract, account = load_contract(key), sandbox.accounts[key]
    values = {**contract.credentials, "account": contract.identities[0].id}
    path = URL(fill(contract.balance.url, values)).path
    fault = Fault(provider=key, kind=Kind.STATUS, path=path, status=200, body=sample.answer)
    sandbox.set_fault(fault)

    (answer,) = await ask(sandbox, key, account.key)

    documented = as_documented(sample.readings or {})
    agreed = {scope: amount for scope, (amount, _) in documented.items()}
    assert as_read(answer) == DIFFERS.get((key, sample.shows), agreed)
    if agreed and "read" in answer:
        check_units(answer, documented)


def test_documented() -> None:
    """The page on the SDKs names each, at the version that is pinned."""
    pins = dict(
        re.findall(r"^([\w-]+)==(.+)$", (ROOT / "requirements/sdks.txt").read_text(), re.MULTILINE)
    )
    page = (ROOT / "docs/sdks.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| `([\w-]+)` (\S+) \|", page, re.MULTILINE)
    assert rows == [(key, sdk.name, pins[sdk.name]) for key, sdk in SDKS.items()]
