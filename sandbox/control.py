"""The endpoint by which a test, a demo or a person controls a sandbox: JSON over plain HTTP."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields
from decimal import Decimal
from functools import partial
import json
from typing import Any, get_type_hints

from aiohttp import web

from .accounts import SOLE, Account, Balance
from .faults import Fault
from .server import Server

_dumps = partial(json.dumps, default=str)
_reply = partial(web.json_response, dumps=_dumps)


class Control:
    """Shows and changes accounts, provider switches, faults and the clock of a sandbox."""

    def __init__(self, server: Server) -> None:
        """Control this server."""
        self._server = server

    def application(self) -> web.Application:
        """Return the endpoint's paths."""
        application = web.Application(middlewares=[_explain])
        application.add_routes(
            [
                web.get("/accounts", self._list_accounts),
                web.post("/accounts", self._add_account),
                web.patch("/accounts/{id}", self._change_account),
                web.delete("/accounts/{id}", self._remove_account),
                web.post("/accounts/{id}/top_up", self._top_up),
                web.get("/providers", self._list_providers),
                web.patch("/providers/{key}", self._switch_provider),
                web.get("/requests", self._list_requests),
                web.delete("/requests", self._forget_requests),
                web.get("/faults", self._list_faults),
                web.post("/faults", self._set_fault),
                web.delete("/faults", self._clear_faults),
                web.get("/clock", self._show_clock),
                web.post("/clock", self._set_clock),
            ]
        )
        return application

    async def _list_accounts(self, _: web.Request) -> web.Response:
        return _reply({"accounts": [asdict(account) for account in self._server.accounts]})

    async def _add_account(self, request: web.Request) -> web.Response:
        data = await _body(request)
        account_type = self._server.providers[data["provider"]].account_type
        balances = {scope: _balance(each) for scope, each in data.pop("balances").items()}
        account = account_type(balances=balances, **_converted(account_type, data))
        self._server.accounts.add(account)
        return _reply(asdict(account), status=201)

    async def _change_account(self, request: web.Request) -> web.Response:
        """Change the key (null revokes it), balances (null removes one), or anything else."""
        account = self._server.accounts[request.match_info["id"]]
        data = await _body(request)
        for scope, change in data.pop("balances", {}).items():
            if change is None:
                del account.balances[scope]
            elif scope in account.balances:
                account.balances[scope] = _balance(asdict(account.balances[scope]) | change)
            else:
                account.balances[scope] = _balance(change)
        for name, value in _converted(type(account), data).items():
            setattr(account, name, value)
        return _reply(asdict(account))

    async def _remove_account(self, request: web.Request) -> web.Response:
        self._server.accounts.remove(request.match_info["id"])
        return _reply({})

    async def _top_up(self, request: web.Request) -> web.Response:
        account = self._server.accounts[request.match_info["id"]]
        data = await _body(request)
        account.top_up(_decimal(data["amount"]), data.get("scope", SOLE))
        return _reply(asdict(account))

    async def _list_providers(self, _: web.Request) -> web.Response:
        providers = {
            key: {"host": provider.host, "switches": provider.switches}
            for key, provider in self._server.providers.items()
        }
        return _reply({"providers": providers})

    async def _switch_provider(self, request: web.Request) -> web.Response:
        provider = self._server.providers[request.match_info["key"]]
        switches = await _body(request)
        for name, on in switches.items():
            provider.set_switch(name, on=on)
        return _reply({"switches": provider.switches})

    async def _list_requests(self, request: web.Request) -> web.Response:
        provider = request.query.get("provider")
        seen = [asdict(each) for each in self._server.requests if provider in {None, each.provider}]
        return _reply({"requests": seen})

    async def _forget_requests(self, _: web.Request) -> web.Response:
        self._server.requests.clear()
        return _reply({})

    async def _list_faults(self, _: web.Request) -> web.Response:
        return _reply({"faults": [asdict(fault) for fault in self._server.faults]})

    async def _set_fault(self, request: web.Request) -> web.Response:
        fault = Fault(**await _body(request))
        self._server.set_fault(fault)
        return _reply(asdict(fault))

    async def _clear_faults(self, request: web.Request) -> web.Response:
        self._server.clear_faults(request.query.get("provider"))
        return _reply({})

    async def _show_clock(self, _: web.Request) -> web.Response:
        clock = self._server.clock
        return _reply({"now": clock.now(), "speed": clock.speed})

    async def _set_clock(self, request: web.Request) -> web.Response:
        """Change the speed, or let some seconds pass at once."""
        data = await _body(request)
        clock = self._server.clock
        clock.speed = _decimal(data.get("speed", clock.speed))
        clock.advance(_decimal(data.get("advance", 0)))
        return await self._show_clock(request)


@web.middleware
async def _explain(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Say what was wrong with a request."""
    try:
        return await handler(request)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as err:
        return _reply({"error": f"{type(err).__name__}: {err}"}, status=400)


async def _body(request: web.Request) -> dict[str, Any]:
    data = await request.json()
    if not isinstance(data, dict):
        raise TypeError("The body must be a JSON object")
    return data


def _balance(data: dict[str, Any]) -> Balance:
    return Balance(**_converted(Balance, data))


def _converted(type_: type[Account | Balance], data: dict[str, Any]) -> dict[str, Any]:
    """Return data as fields of a type: what is a decimal there may be a number or a string here."""
    hints = get_type_hints(type_)
    settable = {each.name for each in fields(type_) if each.init}
    if unknown := data.keys() - settable:
        raise KeyError(*unknown)
    return {name: _as(hints[name], value) for name, value in data.items()}


def _as(hint: Any, value: Any) -> Any:
    if hint == dict[str, Decimal]:
        return {key: _decimal(each) for key, each in value.items()}
    if hint in {Decimal, Decimal | None} and value is not None:
        return _decimal(value)
    return value


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value))
