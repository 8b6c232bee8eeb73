"""Triggers: each moment that an account announces, of all accounts where none is targeted."""

from typing import override

from homeassistant.components.event import DOMAIN as EVENT_DOMAIN, EventEntityStateAttribute
from homeassistant.const import ATTR_ENTITY_ID, ENTITY_MATCH_ALL
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.target import TargetSelection
from homeassistant.helpers.trigger import (
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerConfig,
)

from .alerts import Moment
from .entity import all_ours, only_ours
from .event import KEY


class MomentTrigger(StatelessEntityTriggerBase):
    """Trigger when the activity of an account shows a moment."""

    _domain_specs = {EVENT_DOMAIN: DomainSpec()}
    _moment: Moment

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Look whether accounts are targeted."""
        super().__init__(hass, config)
        self._all = not TargetSelection(self._target).has_any_target
        if self._all:
            # Home Assistant asks for a target; what it makes of this one does not matter.
            self._target = {ATTR_ENTITY_ID: ENTITY_MATCH_ALL}

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Keep the activity of accounts; where none is targeted, take that of all there are."""
        if self._all:
            entities = all_ours(self._hass)
        return only_ours(self._hass, super().entity_filter(entities), KEY)

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Return whether it is this moment that is shown."""
        return state.attributes.get(EventEntityStateAttribute.EVENT_TYPE) == self._moment


def _trigger(moment: Moment) -> type[Trigger]:
    """Return the trigger of a moment."""

    class CustomTrigger(MomentTrigger):
        """Trigger of one moment."""

        _moment = moment

    return CustomTrigger


TRIGGERS: dict[str, type[Trigger]] = {moment.value: _trigger(moment) for moment in Moment}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers for accounts."""
    return TRIGGERS
