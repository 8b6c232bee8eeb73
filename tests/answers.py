"""What the providers answer to a good key, and what an account of theirs then looks like."""

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
import json
import re
from typing import Any, Final, Self

from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.test_util.aiohttp import (
    AiohttpClientMocker,
    AiohttpClientMockResponse,
)
from yarl import URL

from contracts import load_contract
from custom_components.api_credits.const import DOMAIN
from homeassistant.util import dt as dt_util

API_KEY: Final = "key-for-tests"


@dataclass(frozen=True, kw_only=True)
class Example:
    """An account at a provider: what is answered, and what is made of it."""

    provider: str
    name: str
    keys_url: str
    balance_url: str
    answers: dict[str, Any]
    title: str
    account: str | None = None
    variant: str | None = None
    api_key: str = API_KEY
    shown: str
    suggestion: float

    @property
    def identity_url(self) -> str:
        """Return the URL that tells whose the key is; the balance where there is no other."""
        return next(iter(self.answers))

    @property
    def unique_id(self) -> str | None:
        """Return the unique id of the account's entry."""
        return f"{self.provider}_{self.account}" if self.account else None

    @property
    def data(self) -> dict[str, Any]:
        """Return what is kept of the account."""
        return {
            "provider": self.provider,
            "api_key": self.api_key,
            "account": self.account,
            "variant": self.variant,
        }

    def with_key(self, api_key: str) -> Self:
        """Return the same account under another key."""
        return replace(self, api_key=api_key)

    def entry(self, **kwargs: Any) -> MockConfigEntry:
        """Return a config entry of the account."""
        return MockConfigEntry(
            **{
                "domain": DOMAIN,
                "title": self.title,
                "unique_id": self.unique_id,
                "data": self.data,
            }
            | kwargs
        )


HYPERSTACK_IDENTITY: Final = "https://infrahub-api.nexgencloud.com/v1/auth/organizations"
HYPERSTACK_BALANCE: Final = "https://infrahub-api.nexgencloud.com/v1/billing/user-credit/credit"
SMS_WORKS_BALANCE: Final = "https://api.thesmsworks.co.uk/v1/credits/balance"
STABILITY_AI_IDENTITY: Final = "https://api.stability.ai/v1/user/account"
STABILITY_AI_BALANCE: Final = "https://api.stability.ai/v1/user/balance"
OPENROUTER_BALANCE: Final = "https://openrouter.ai/api/v1/credits"
OPENROUTER_KEY: Final = "https://openrouter.ai/api/v1/key"
DEEPSEEK_BALANCE: Final = "https://api.deepseek.com/user/balance"


def hyperstack_organization(number: int, name: str = "Example Org") -> dict[str, Any]:
    """Return Hyperstack's answer on an organisation."""
    return {
        "status": True,
        "message": "Success",
        "organization": {"id": number, "name": name, "credit": 28, "threshold": 0},
    }


def hyperstack_credit(credit: float, **more: Any) -> dict[str, Any]:
    """Return Hyperstack's answer on its credit."""
    data = {"credit": credit, "threshold": 0, "can_create_instance": True}
    return {"status": True, "message": "Success", "data": data | more}


def stability_ai_account(*organizations: dict[str, Any]) -> dict[str, Any]:
    """Return Stability AI's answer on who a key belongs to."""
    return {
        "id": "user-for-tests",
        "email": "person@example.com",
        "organizations": list(organizations),
    }


def stability_ai_organization(number: int, *, default: bool = False) -> dict[str, Any]:
    """Return one of the organisations that Stability AI tells of."""
    return {
        "id": f"org-{number}",
        "name": f"Studio {number}",
        "role": "MEMBER",
        "is_default": default,
    }


def deepseek_balance(**amounts: str) -> dict[str, Any]:
    """Return DeepSeek's answer on a balance in each of these currencies."""
    return {
        "is_available": True,
        "balance_infos": [
            {
                "currency": currency,
                "total_balance": amount,
                "granted_balance": "10.00",
                "topped_up_balance": "100.00",
            }
            for currency, amount in amounts.items()
        ],
    }


def venice_balance(**amounts: float) -> dict[str, Any]:
    """Return Venice's answer on these amounts."""
    data = {"accessPermitted": True, "balances": amounts}
    return {"data": data | {"nextEpochBegins": "2026-04-21T00:00:00.000Z"}}


def example_of(provider: str, **more: Any) -> Example:
    """Return the first account that a provider's contract tells of."""
    contract = load_contract(provider)
    identity = contract.identities[0]
    exchanges = [each for each in (contract.whoami, contract.balance) if each]
    return Example(
        provider=provider,
        name=contract.name,
        keys_url=contract.keys_url,
        balance_url=contract.balance.url,
        answers={each.url: json.loads(each.answer) for each in exchanges},
        title=f"{contract.name} {identity.title}" if identity.title else contract.name,
        account=identity.id,
        variant=contract.variant,
        **more,
    )


AGENTTOOLKIT: Final = example_of("agenttoolkit", shown="1100 credits", suggestion=200)
DEEPSEEK: Final = replace(
    example_of("deepseek", shown="110.00 CNY, 7.50 USD", suggestion=20),
    answers={DEEPSEEK_BALANCE: deepseek_balance(CNY="110.00", USD="7.50")},
)
HYPERSTACK: Final = example_of("hyperstack", shown="28.15 USD", suggestion=6)
OPENROUTER: Final = example_of("openrouter", shown="74.75 USD", suggestion=10)
SMS_WORKS: Final = example_of("sms_works", shown="180 credits", suggestion=40)
STABILITY_AI: Final = replace(
    example_of("stability_ai", shown="0.633683384 credits", suggestion=0.1),
    answers={
        STABILITY_AI_IDENTITY: stability_ai_account(
            stability_ai_organization(2), stability_ai_organization(1, default=True)
        ),
        STABILITY_AI_BALANCE: json.loads(load_contract("stability_ai").balance.answer),
    },
    title="Stability AI Studio 1",
    account="org-1",
    shown="0.63 credits",
    suggestion=0.1,
)
VENICE: Final = example_of(
    "venice",
    shown="50.23 USD, 25.00 USD (Bundled credits), 100.02 diem",
    suggestion=10,
)

EXAMPLES: Final = {
    example.provider: example
    for example in (AGENTTOOLKIT, DEEPSEEK, HYPERSTACK, OPENROUTER, SMS_WORKS, STABILITY_AI)
}

ERRORS: Final[dict[str, dict[str, Any]]] = {
    "cannot_connect": {"exc": TimeoutError()},
    "forbidden": {"status": HTTPStatus.FORBIDDEN, "json": {"status": False}},
    "invalid_auth": {"status": HTTPStatus.UNAUTHORIZED, "json": {"status": False}},
    "rate_limited": {"status": HTTPStatus.TOO_MANY_REQUESTS, "text": "slow down"},
    "unexpected_response": {"text": "<html>"},
    "unknown": {"exc": RuntimeError("a fault of ours")},
}
"""By the error that follows, what a provider answers."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request that a provider was asked, when, and with which key."""

    time: datetime
    url: str
    headers: dict[str, str]

    @property
    def api_key(self) -> str:
        """Return the key, whichever header it came in."""
        headers = self.headers
        carrier = headers.get("api_key") or headers.get("X-API-Key") or headers["Authorization"]
        return carrier.split()[-1]


class FakeProviders:
    """All providers' APIs, as far as a test has said what they answer."""

    def __init__(self, mocker: AiohttpClientMocker) -> None:
        """Answer every request from here."""
        self._mocker = mocker
        self._answers: dict[str, list[dict[str, Any]]] = {}
        self._under_way: Counter[str | None] = Counter()
        self.log: list[Request] = []
        self.most_at_once: Counter[str | None] = Counter()
        mocker.get(re.compile("^https://"), side_effect=self._respond)

    def serve(self, *examples: Example) -> None:
        """Answer as in these examples."""
        for example in examples:
            for url, body in example.answers.items():
                self.answer(url, json=body)

    def answer(self, url: str, **answer: Any) -> None:
        """Answer so at this URL from now on."""
        self._answers[url] = [answer]

    def answer_in_turn(self, url: str, *answers: dict[str, Any]) -> None:
        """Answer so at this URL, one after the other, and keep to the last."""
        self._answers[url] = list(answers)

    @property
    def requests(self) -> list[str]:
        """Return the URLs that were asked so far."""
        return [request.url for request in self.log]

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of the last request."""
        return self.log[-1].headers

    async def _respond(self, method: str, url: URL, data: Any) -> AiohttpClientMockResponse:
        headers = dict(self._mocker.mock_calls[-1][3] or {})
        self.log.append(Request(time=dt_util.utcnow(), url=str(url), headers=headers))
        self._under_way[url.host] += 1
        self.most_at_once |= self._under_way
        for _ in range(5):
            await asyncio.sleep(0)
        self._under_way[url.host] -= 1
        answers = self._answers[str(url)]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return AiohttpClientMockResponse(method=method, url=url, **answer)
