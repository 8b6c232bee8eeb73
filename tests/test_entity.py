"""Entities come with readings, but not without end."""

from itertools import product
from string import ascii_uppercase

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.api_credits.entity import MOST_ENTITIES
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .answers import DEEPSEEK, DEEPSEEK_BALANCE, FakeProviders, deepseek_balance
from .conftest import poll, set_up, state_of

MOST_AT_ONCE = 20
POLLS = 8


async def test_other_currencies_each_time(
    hass: HomeAssistant, entity_registry: er.EntityRegistry, providers: FakeProviders
) -> None:
    """A provider that names others at every poll gets no more than an account can have."""
    codes = ["".join(letters) for letters in product(ascii_uppercase, repeat=3)]

    def answer(number: int) -> None:
        these = codes[number * MOST_AT_ONCE : (number + 1) * MOST_AT_ONCE]
        providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(**dict.fromkeys(these, "5.00")))

    def count(entry: MockConfigEntry) -> int:
        return len(er.async_entries_for_config_entry(entity_registry, entry.entry_id))

    answer(0)
    entry = await set_up(hass, DEEPSEEK.entry())
    for number in range(1, POLLS):
        answer(number)
        await poll(hass, entry)
    full = count(entry)
    assert MOST_ENTITIES - MOST_AT_ONCE < full <= MOST_ENTITIES

    answer(0)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert count(entry) == full
    assert state_of(hass, f"sensor.deepseek_balance_{codes[0].lower()}") == "5.00"
