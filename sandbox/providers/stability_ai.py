"""Stability AI: one key that reaches several organisations, and two generations of the API."""

from dataclasses import dataclass
from typing import override

from aiohttp import web

from ..accounts import Account
from .provider import Provider, reply

_ERROR_ID = "00000000000000000000000000000000"


@dataclass(kw_only=True)
class StabilityAiAccount(Account):
    """A user, with the names of the organisations whose balances the key reaches."""

    user_id: str
    email: str
    organizations: dict[str, str]
    default_organization: str


class StabilityAi(Provider[StabilityAiAccount]):
    """Takes a bearer token; the first generation of the API also takes the key alone."""

    key = "stability_ai"
    host = "api.stability.ai"
    switchable = ("v1_removed",)
    account_type = StabilityAiAccount

    @override
    def identify(self, request: web.BaseRequest) -> StabilityAiAccount | None:
        if account := self.bearer(request):
            return account
        if request.path.startswith("/v1alpha/"):
            return self.account(request.headers.get("Authorization"))
        return None

    @override
    def respond(self, request: web.BaseRequest, account: Account | None) -> web.Response:
        """Know nothing of a generation that was removed, whoever asks."""
        if self.switches["v1_removed"] and request.path.startswith("/v1/"):
            return _not_found()
        return super().respond(request, account)

    @override
    def refuse(self, request: web.BaseRequest) -> web.Response:
        sent = "Authorization" in request.headers
        message = "Incorrect API key provided" if sent else "missing authorization header"
        return _error(401, "unauthorized", message)

    @override
    def answer(self, request: web.BaseRequest, account: StabilityAiAccount) -> web.Response:
        match request.method, request.path:
            case "GET", "/v1/user/balance" | "/v1alpha/user/balance":
                return _balance(account, request.headers.get("Organization"))
            case "GET", "/v1/user/account" | "/v1alpha/user/account":
                return _account(account)
        return _not_found()


def _balance(account: StabilityAiAccount, organization: str | None) -> web.Response:
    balance = account.balances.get(organization or account.default_organization)
    if balance is None:
        message = "You do not have access to this organization"
        return _error(403, "permission_denied", message)
    return reply({"credits": float(balance.amount)})


def _account(account: StabilityAiAccount) -> web.Response:
    return reply(
        {
            "id": account.user_id,
            "email": account.email,
            "profile_picture": "https://example.com/picture.png",
            "organizations": [
                {
                    "id": organization,
                    "name": name,
                    "role": "ADMIN",
                    "is_default": organization == account.default_organization,
                }
                for organization, name in account.organizations.items()
            ],
        }
    )


def _not_found() -> web.Response:
    return _error(404, "not_found", "The resource was not found")


def _error(status: int, name: str, message: str) -> web.Response:
    return reply({"id": _ERROR_ID, "name": name, "message": message}, status)
