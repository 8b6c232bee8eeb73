"""Hyperstack's own Python SDK takes the sandbox for Hyperstack."""

import asyncio
from collections.abc import Generator
import json
import socket
from typing import Any

from hyperstack.api.billing_api import BillingApi
from hyperstack.api.credit_api import CreditApi
from hyperstack.api.organization_api import OrganizationApi
from hyperstack.api_client import ApiClient
from hyperstack.configuration import Configuration
from hyperstack.exceptions import ForbiddenException, ServiceException, UnauthorizedException
from hyperstack.models.error_response_model import ErrorResponseModel
import pytest
from urllib3.util import connection

from sandbox.faults import Fault, Kind
from sandbox.sandbox import Sandbox


@pytest.fixture
def sdk(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Generator[ApiClient]:
    """Return the SDK's client as it comes, but for where it connects and whom it trusts."""
    connect = connection.create_connection

    def connect_to_sandbox(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        assert address == ("infrahub-api.nexgencloud.com", 443)
        return connect(("127.0.0.1", sandbox.port), *args, **kwargs)

    monkeypatch.setattr(connection, "create_connection", connect_to_sandbox)
    configuration = Configuration(ssl_ca_cert=str(sandbox.ca_file), retries=0)
    configuration.api_key["apiKey"] = "demo-hyperstack-key"
    client = ApiClient(configuration)
    yield client
    client.rest_client.pool_manager.clear()


async def test_credit(sandbox: Sandbox, sdk: ApiClient) -> None:
    """The credit is read into the SDK's strictly typed model."""
    api = CreditApi(sdk)

    answer = await asyncio.to_thread(api.get_user_credit)

    assert (answer.status, answer.message) == (True, "Success")
    assert answer.data is not None
    assert answer.data.credit == 28.147631028367705
    assert answer.data.threshold == 25
    assert answer.data.can_create_instance is True
    assert sandbox.requests[0].headers["api_key"] == "demo-hyperstack-key"


async def test_organization(sdk: ApiClient) -> None:
    """So is the organisation."""
    api = OrganizationApi(sdk)

    answer = await asyncio.to_thread(api.retrieve_organization_information)

    assert answer.organization is not None
    assert answer.organization.users is not None
    assert (answer.organization.id, answer.organization.name) == (4242, "Sandbox GPU Lab")
    assert (answer.organization.credit, answer.organization.threshold) == (28, 25)
    assert answer.organization.users[0].email == "someone@example.com"


async def test_last_day_cost(sdk: ApiClient) -> None:
    """And so is the cost of the last day."""
    api = BillingApi(sdk)

    answer = await asyncio.to_thread(api.get_last_day_cost)

    assert answer.data is not None
    assert answer.data.total_cost == pytest.approx(45.6)


async def test_wrong_key(sdk: ApiClient) -> None:
    """A wrong key is what the SDK calls unauthorized."""
    sdk.configuration.api_key["apiKey"] = "demo-wrong-key"
    api = CreditApi(sdk)

    with pytest.raises(UnauthorizedException) as caught:
        await asyncio.to_thread(api.get_user_credit)

    assert caught.value.status == 401
    assert caught.value.data == ErrorResponseModel(
        status=False,
        message="Unauthorized. Please check your API key",
        error_reason="unauthorized",
    )


async def test_restricted_key(sandbox: Sandbox, sdk: ApiClient) -> None:
    """A key that may not read the organisation is what the SDK calls forbidden."""
    sandbox.accounts["hyperstack"].refused = ["restricted key"]
    api = OrganizationApi(sdk)

    with pytest.raises(ForbiddenException) as caught:
        await asyncio.to_thread(api.retrieve_organization_information)

    assert json.loads(caught.value.body or "")["error_reason"] == "forbidden"


async def test_outage(sandbox: Sandbox, sdk: ApiClient) -> None:
    """The older form of an error is what the SDK calls trouble at the service."""
    body = '{"message": "Internal Server Error"}'
    sandbox.set_fault(Fault(provider="hyperstack", kind=Kind.STATUS, status=500, body=body))
    api = CreditApi(sdk)

    with pytest.raises(ServiceException):
        await asyncio.to_thread(api.get_user_credit)
