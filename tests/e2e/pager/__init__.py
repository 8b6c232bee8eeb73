"""A notify entity and an assistant's model that need no network.

What the one is told becomes an event; the other uses the tool that it is told to use.
"""

from typing import override

from homeassistant.components.notify import DATA_COMPONENT, NotifyEntity, NotifyEntityFeature
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.helpers import config_validation as cv, llm
from homeassistant.helpers.typing import ConfigType

CONFIG_SCHEMA = cv.empty_config_schema("pager")


class Pager(NotifyEntity):
    """Shows nobody anything."""

    _attr_name = "Pager"
    _attr_supported_features = NotifyEntityFeature.TITLE

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Fire an event."""
        self.hass.bus.async_fire("paged", {"message": message, "title": title})


async def _use_tool(call: ServiceCall) -> ServiceResponse:
    """Use a tool of the assistant."""
    context = llm.LLMContext(
        platform="pager",
        context=call.context,
        language="en",
        assistant="conversation",
        device_id=None,
    )
    api = await llm.async_get_api(call.hass, llm.LLM_API_ASSIST, context)
    return (await api.async_call_tool(llm.ToolInput(call.data["tool"], {}))).data


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up the only pager, and the only model."""
    hass.services.async_register(
        "pager", "use_tool", _use_tool, supports_response=SupportsResponse.ONLY
    )
    await hass.data[DATA_COMPONENT].async_add_entities([Pager()])
    return True
