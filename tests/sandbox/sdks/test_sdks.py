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

import pytest

from contracts import load_contract
from sandbox.accounts import Account
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
    "brevo": Sdk("brevo-python", "brevo.core.api_error.ApiError", "'code': 'unauthorized'"),
    "clicksend": Sdk(
        "clicksend-client", "clicksend.exceptions.UnauthorizedException", "Authorization failed."
    ),
    "dataforseo": Sdk(
        "dataforseo-client",
        "dataforseo_client.exceptions.UnauthorizedException",
        "You are not Authorized",
    ),
    "deepgram": Sdk("deepgram-sdk", "deepgram.core.api_error.ApiError", "'INVALID_AUTH'"),
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
    "elevenlabs": Sdk("elevenlabs", "elevenlabs.core.api_error.ApiError", "'invalid_api_key'"),
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
    "twilio": Sdk("twilio", "twilio.base.exceptions.TwilioRestException", "Authenticate"),
    "vonage": Sdk(
        "vonage", "vonage_http_client.errors.AuthenticationError", "authentication failed"
    ),
}

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


def unit_of(key: str, scope: str) -> str:
    """Return the unit that is documented of a balance."""
    reading = load_contract(key).readings[f"balance_{scope.lower()}" if scope else "balance"]
    return str(reading).partition(" ")[2]


def in_books(account: Account) -> dict[str, Decimal]:
    """Return what an account has, by scope."""
    return {scope: balance.amount for scope, balance in account.balances.items()}


@installed
@every_sdk
async def test_balance(sandbox: Sandbox, key: str) -> None:
    """The SDK reads what the account has, to the last digit, and is refused with a wrong key."""
    account, sdk = sandbox.accounts[key], SDKS[key]
    for number, balance in enumerate(account.balances.values(), start=3):
        balance.amount += number

    right, wrong = await ask(sandbox, key, account.key, "demo-wrong-key")

    read = {scope: Decimal(amount) for scope, (amount, _) in right["read"].items()}
    books = in_books(account)
    assert read == {scope: books[scope] for scope in books.keys() - sdk.does_not_read}
    for scope, (_, unit) in right["read"].items():
        assert unit is None or unit.lower() == unit_of(key, scope).lower()
    assert wrong["error"] == sdk.error
    assert sdk.says in wrong["text"]
    assert [seen.account for seen in sandbox.requests][-2:] == [key, None]
    assert {seen.provider for seen in sandbox.requests} == {key}


def test_documented() -> None:
    """The page on the SDKs names each, at the version that is pinned."""
    pins = dict(
        re.findall(r"^([\w-]+)==(.+)$", (ROOT / "requirements/sdks.txt").read_text(), re.MULTILINE)
    )
    page = (ROOT / "docs/sdks.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| `([\w-]+)` (\S+) \|", page, re.MULTILINE)
    assert rows == [(key, sdk.name, pins[sdk.name]) for key, sdk in SDKS.items()]
