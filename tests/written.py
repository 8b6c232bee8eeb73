"""What our pages write in YAML, and automations that are made of it."""

import re
from typing import Any

import yaml

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component


def yaml_blocks(text: str) -> list[Any]:
    """Return the content of each block of YAML in a page, or in a part of it."""
    blocks = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [yaml.safe_load(block) for block in blocks]


async def add_automation(hass: HomeAssistant, config: dict[str, Any]) -> None:
    """Make an automation, the only one, and see that Home Assistant takes it."""
    assert await async_setup_component(hass, "automation", {"automation": config})
    await hass.async_block_till_done()
    assert [state.state for state in hass.states.async_all("automation")] == ["on"]
