"""Every provider is added as a person would, by what its contract documents."""

from decimal import Decimal
import re
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.test_util.aiohttp import (
    AiohttpClientMocker,
    AiohttpClientMockResponse,
)
from yarl import URL

from contracts import load_contract, load_contracts
from contracts.form import Contract
from contracts.form.contract import fill
from custom_components.api_credits.const import DOMAIN
from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er


class Documented:
    """A provider that answers as documented, or refuses everything for one reason."""

    def __init__(self, contract: Contract) -> None:
        """Answer by this contract."""
        self.contract = contract
        self.when: str | None = None
        values = {**contract.credentials, "account": contract.identities[0].id}
        self._answers = {
            (each.method, URL(fill(each.url, values), encoded=True).raw_path): each.answer
            for each in reversed(contract.exchanges)
        }

    async def respond(self, method: str, url: URL, data: Any) -> AiohttpClientMockResponse:
        """Answer a request."""
        for refusal in self.contract.refusals:
            if refusal.when == self.when:
                return AiohttpClientMockResponse(
                    method, url, status=refusal.status, text=refusal.body
                )
        body = self._answers[method, url.raw_path]
        return AiohttpClientMockResponse(method, url, text=body)


async def submit(hass: HomeAssistant, flow: ConfigFlowResult, /, **given: Any) -> ConfigFlowResult:
    """Fill in a form."""
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], given)
    await hass.async_block_till_done()
    return result


def state(hass: HomeAssistant, entry: MockConfigEntry, reading: str) -> str:
    """Return the state of a reading."""
    unique_id = f"{entry.entry_id}_{reading}"
    entity_id = er.async_get(hass).async_get_entity_id("sensor", DOMAIN, unique_id)
    assert entity_id
    assert (found := hass.states.get(entity_id))
    return found.state


@pytest.mark.parametrize("key", load_contracts())
async def test_walk(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    caplog: pytest.LogCaptureFixture,
    key: str,
) -> None:
    """By its name, with a key that is refused first, to entities that show what was answered."""
    contract = load_contract(key)
    server = Documented(contract)
    for method in ("get", "post"):
        getattr(aioclient_mock, method)(re.compile("^https://"), side_effect=server.respond)
    identity = contract.identities[0]

    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    flow = await submit(hass, flow, provider=contract.name.upper())
    assert flow["step_id"] == "credentials"
    assert flow["data_schema"]
    assert {str(name) for name in flow["data_schema"].schema} == contract.credentials.keys()
    placeholders = flow["description_placeholders"]
    assert placeholders["provider"] == contract.name
    assert placeholders["keys_url"] == contract.keys_url
    assert placeholders["docs_url"].endswith(f"/docs/providers.md#{key}")
    assert (contract.rights or "") in placeholders["rights"]
    assert bool(placeholders["rights"]) is bool(contract.rights)

    server.when = "bad key"
    flow = await submit(hass, flow, **contract.credentials)
    assert flow["errors"] == {"base": "invalid_auth"}

    server.when = None
    flow = await submit(hass, flow, **contract.credentials)
    if len(contract.identities) > 1:
        assert flow["step_id"] == "account"
        flow = await submit(hass, flow, account=identity.id)
    assert flow["step_id"] == "alerts"
    flow = await submit(hass, flow)
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    assert flow["title"] == " ".join(filter(None, [contract.name, identity.title]))
    entry = flow["result"]
    assert entry.unique_id == (f"{key}_{identity.id}" if identity.id else None)
    assert entry.data == {
        "provider": key,
        **contract.credentials,
        "account": identity.id,
        "variant": contract.variant,
    }
    for reading, value in contract.readings.items():
        if reading.partition("_")[0] == "balance":
            assert Decimal(state(hass, entry, reading)) == Decimal(str(value).partition(" ")[0])
    assert not [
        record
        for record in caplog.records
        if record.levelname in {"WARNING", "ERROR"} and "api_credits" in record.name
    ]
