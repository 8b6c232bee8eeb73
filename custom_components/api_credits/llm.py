"""A tool for assistants that are language models: what is left of the accounts they may know of.

What a provider has written, such as the name of a plan or a pool, is not passed on: a model could
take it for an instruction.
"""

from typing import Any, Final, override

from homeassistant.components.homeassistant import async_should_expose
from homeassistant.components.llm import LLMTools
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)
from homeassistant.util import dt as dt_util

from .actions import GET_ACCOUNTS, describe_account, describe_balance
from .const import DOMAIN
from .coordinator import ApiCreditsConfigEntry
from .readings import KINDS, Role

BALANCES: Final = {
    name
    for kind in KINDS.values()
    if kind.role is Role.BALANCE
    for name in (kind.key, f"{kind.key}_scoped")
}
TOLD_OF_AN_ACCOUNT: Final = ("name", "readable", "alerts")
TOLD_OF_A_BALANCE: Final = ("name", "unit", "balance", "burn_rate", "days_left", "last_top_up")


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:
    """Return the tool where a balance is exposed to the assistant."""
    if api_id != LLM_API_ASSIST or not _exposed(hass, llm_context.assistant):
        return None
    return LLMTools(tools=[GetAccountsTool()])


class GetAccountsTool(Tool):
    """Tells what is left, and asks no provider."""

    name = f"{DOMAIN}__{GET_ACCOUNTS}"
    title = "Get API credit"
    description = (
        "Get what is left of the prepaid credit of accounts at API providers, such as OpenRouter"
        " or Twilio: the balance, what is spent of it per day (burn_rate), for how many days it"
        " lasts, the last top-up, and whether it is low, running out or exhausted."
        " Use this to answer questions like 'How much credit is left at DeepSeek?' or"
        " 'Which account has to be topped up?'. Where a balance is not readable, it is as of as_of."
    )
    annotations = ToolAnnotations(
        read_only=True, destructive=False, idempotent=True, open_world=False
    )
    integration = DOMAIN

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Return the balances that are exposed."""
        exposed = _exposed(hass, llm_context.assistant)
        return ToolResult(data={"accounts": [_told(hass, *account) for account in exposed]})


def _exposed(
    hass: HomeAssistant, assistant: str
) -> list[tuple[ApiCreditsConfigEntry, dict[str, er.RegistryEntry]]]:
    """Return the accounts of which a balance is exposed, with the entities by their readings."""
    registry = er.async_get(hass)
    exposed = []
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        balances = {
            entity.unique_id.removeprefix(f"{entry.entry_id}_"): entity
            for entity in er.async_entries_for_config_entry(registry, entry.entry_id)
            if entity.domain == Platform.SENSOR
            and entity.translation_key in BALANCES
            and not entity.disabled
            and async_should_expose(hass, assistant, entity.entity_id)
        }
        if balances:
            exposed.append((entry, balances))
    return exposed


def _told(
    hass: HomeAssistant, entry: ApiCreditsConfigEntry, exposed: dict[str, er.RegistryEntry]
) -> dict[str, Any]:
    """Return what a model is told of an account; a balance is named if a person has named it."""
    coordinator = entry.runtime_data
    account = describe_account(hass, entry)
    balances = [
        {**describe_balance(coordinator, reading), "name": exposed[reading.key].name}
        for reading in coordinator.data.account.balances
        if reading.key in exposed
    ]
    read_at = coordinator.read_at
    return {
        **{key: account[key] for key in TOLD_OF_AN_ACCOUNT},
        "as_of": read_at and dt_util.as_local(read_at).isoformat(timespec="minutes"),
        "balances": [
            {key: each[key] for key in TOLD_OF_A_BALANCE if each.get(key) is not None}
            for each in balances
        ],
    }
