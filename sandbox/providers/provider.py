"""What a provider is in the sandbox: a host that knows its accounts by their credentials."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from aiohttp import web

from ..accounts import Account, Accounts


class Provider[AccountT: Account](ABC):
    """One provider's API."""

    key: ClassVar[str]
    host: ClassVar[str]
    switchable: ClassVar[tuple[str, ...]] = ()
    account_type: type[AccountT]

    def __init__(self, accounts: Accounts) -> None:
        """Look accounts up here, and begin with every switch off."""
        self._accounts = accounts
        self.switches = dict.fromkeys(self.switchable, False)

    def set_switch(self, name: str, *, on: bool) -> None:
        """Turn a switch on or off."""
        if name not in self.switches:
            raise KeyError(name)
        self.switches[name] = on

    def respond(self, request: web.BaseRequest, account: Account | None) -> web.Response:
        """Answer a request that carried an account's credentials, or nobody's."""
        if not isinstance(account, self.account_type):
            return self.refuse(request)
        return self.answer(request, account)

    def bearer(self, request: web.BaseRequest) -> AccountT | None:
        """Return the account whose key is in the usual header in the usual form."""
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        return self.account(key) if scheme.lower() == "bearer" else None

    def account(self, key: str | None) -> AccountT | None:
        """Return the account a key belongs to."""
        account = self._accounts.with_key(self.key, key)
        return account if isinstance(account, self.account_type) else None

    @abstractmethod
    def identify(self, request: web.BaseRequest) -> AccountT | None:
        """Return the account a request has credentials of."""

    @abstractmethod
    def refuse(self, request: web.BaseRequest) -> web.Response:
        """Answer a request without valid credentials."""

    @abstractmethod
    def answer(self, request: web.BaseRequest, account: AccountT) -> web.Response:
        """Answer a request with valid credentials."""


def reply(body: Any, status: int = 200, **headers: str) -> web.Response:
    """Return a JSON response."""
    return web.json_response(body, status=status, headers=headers)
