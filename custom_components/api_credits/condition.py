"""Conditions: whether an alert holds for accounts."""

from typing import override

from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import Condition, EntityStateConditionBase

from .entity import only_ours


def _condition(key: str, state: str) -> type[Condition]:
    """Return the condition that an alert is in a state."""

    class CustomCondition(EntityStateConditionBase):
        """Condition on one alert."""

        _domain_specs = {BINARY_SENSOR_DOMAIN: DomainSpec()}
        _states = {state}

        @override
        def entity_filter(self, entities: set[str]) -> set[str]:
            """Keep the alert of accounts."""
            return only_ours(self._hass, super().entity_filter(entities), key)

        @override
        def _check_all_match_state(self, states: list[State]) -> bool:
            """Return whether all are so; where nothing is known of any, none is."""
            return bool(states) and super()._check_all_match_state(states)

    return CustomCondition


CONDITIONS: dict[str, type[Condition]] = {
    "is_low": _condition("low_balance", STATE_ON),
    "is_not_low": _condition("low_balance", STATE_OFF),
    "is_running_out": _condition("running_out", STATE_ON),
    "is_exhausted": _condition("exhausted", STATE_ON),
    "is_unreadable": _condition("unreadable", STATE_ON),
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions for accounts."""
    return CONDITIONS
