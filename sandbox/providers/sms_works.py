"""The SMS Works: credits, and a token that is sent after the word JWT."""

from dataclasses import dataclass
from typing import Any, override

from aiohttp import web

from ..accounts import Account
from .provider import Provider


@dataclass(kw_only=True)
class SmsWorksAccount(Account):
    """A customer."""

    customer_id: str


class SmsWorks(Provider[SmsWorksAccount]):
    """Answers with the character set in the content type."""

    key = "sms_works"
    host = "api.thesmsworks.co.uk"
    account_type = SmsWorksAccount

    @override
    def identify(self, request: web.BaseRequest) -> SmsWorksAccount | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return self.account(token) if scheme == "JWT" else None

    @override
    def refuse(self, request: web.BaseRequest) -> web.Response:
        return _reply({"message": "Unauthorized"}, 401)

    @override
    def answer(self, request: web.BaseRequest, account: SmsWorksAccount) -> web.Response:
        match request.method, request.path:
            case "GET", "/v1/credits/balance":
                return _reply({"credits": float(account.balance.amount)})
            case "GET", "/v1/utils/test":
                return _reply({"message": account.customer_id})
        return _reply({"message": "Not Found"}, 404)


def _reply(body: dict[str, Any], status: int = 200) -> web.Response:
    response = web.json_response(body, status=status)
    response.headers["Content-Type"] = "application/json;charset=UTF-8"
    return response
