"""Hyperstack: dollars that can go below zero, and keys that may not read the organisation."""

from dataclasses import dataclass
from decimal import Decimal
from typing import override

from aiohttp import web

from ..accounts import Account
from .provider import Provider, reply

_DAY = 86400


@dataclass(kw_only=True)
class HyperstackAccount(Account):
    """An organisation."""

    organization_id: int
    organization_name: str
    threshold: Decimal = Decimal(0)
    may_read_organization: bool = True


class Hyperstack(Provider[HyperstackAccount]):
    """Takes the key as it is, in a header of its own."""

    key = "hyperstack"
    host = "infrahub-api.nexgencloud.com"
    account_type = HyperstackAccount

    @override
    def identify(self, request: web.BaseRequest) -> HyperstackAccount | None:
        return self.account(request.headers.get("api_key"))

    @override
    def refuse(self, request: web.BaseRequest) -> web.Response:
        return _error(401, "unauthorized", "Unauthorized. Please check your API key")

    @override
    def answer(self, request: web.BaseRequest, account: HyperstackAccount) -> web.Response:
        match request.method, request.path:
            case "GET", "/v1/billing/user-credit/credit":
                return _credit(account)
            case "GET", "/v1/auth/organizations" if not account.may_read_organization:
                return _error(403, "forbidden", "You are not allowed to perform this action")
            case "GET", "/v1/auth/organizations":
                return _organization(account)
            case "GET", "/v1/billing/billing/last-day-cost":
                return _last_day_cost(account)
        return _error(404, "not_found", "Not found")


def _credit(account: HyperstackAccount) -> web.Response:
    return _success(
        data={
            "credit": float(account.balance.amount),
            "threshold": float(account.threshold),
            "can_create_instance": account.balance.amount > account.threshold,
        }
    )


def _organization(account: HyperstackAccount) -> web.Response:
    return _success(
        organization={
            "id": account.organization_id,
            "name": account.organization_name,
            "credit": int(account.balance.amount),
            "threshold": int(account.threshold),
            "users": [
                {
                    "id": 1,
                    "name": "Sandbox Owner",
                    "username": "owner",
                    "email": "owner@example.com",
                    "role": "owner",
                }
            ],
        }
    )


def _last_day_cost(account: HyperstackAccount) -> web.Response:
    cost = float(account.balance.drain * _DAY)
    return _success(
        data={
            "instances_cost": cost,
            "volumes_cost": 0,
            "clusters_cost": 0,
            "total_cost": cost,
        }
    )


def _success(**content: object) -> web.Response:
    return reply({"message": "Success", "status": True, **content})


def _error(status: int, reason: str, message: str) -> web.Response:
    return reply({"status": False, "message": message, "error_reason": reason}, status)
