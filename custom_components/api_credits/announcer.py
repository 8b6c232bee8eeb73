"""Tell what is pending of an account, and know when what heard it has acted.

Each announcement is told in a context of its own. The automations that it starts name that
context as their parent. It has been acted on once these automations run no more: not before
`SHORTEST`, in which they start, and not later than `LONGEST`, for one that never ends.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from homeassistant.components.automation import EVENT_AUTOMATION_TRIGGERED
from homeassistant.const import ATTR_ENTITY_ID, EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import (
    CALLBACK_TYPE,
    Context,
    CoreState,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.helpers.event import async_call_later, async_track_state_change_event
from homeassistant.util.signal_type import SignalTypeFormat

from .const import DOMAIN
from .records import Announcement

SHORTEST: Final = 0.5
LONGEST: Final = 60.0
"""Seconds from the telling."""
HEARD_AFTER: Final = 10.0
"""Seconds from the start of Home Assistant until what listens from outside is back as well."""

ANNOUNCEMENT: SignalTypeFormat[Announcement, Context] = SignalTypeFormat(
    f"{DOMAIN}_announcement_{{}}"
)
"""By entry, what is to be told of its account now, and in which context."""


@dataclass(kw_only=True, eq=False)
class Telling:
    """An announcement that was told, the automations that act on it, and what waits for them."""

    announcement: Announcement
    automations: set[str] = field(default_factory=set)
    settled: bool = False
    waiting: list[CALLBACK_TYPE] = field(default_factory=list)


class Announcer:
    """Tells the announcements of one account, also over reloads, each once."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        acted_on: Callable[[Announcement], None],
        heard: Callable[[], None],
    ) -> None:
        """Say `acted_on` of each announcement, and `heard` when the first can be told."""
        self._hass = hass
        self._signal = ANNOUNCEMENT.format(entry_id)
        self._acted_on = acted_on
        self._heard = heard
        self._is_heard = False
        self._tellings: dict[str, Telling] = {}
        self._unsub_start: CALLBACK_TYPE | None = None
        self._unsub_automations: CALLBACK_TYPE | None = None

    @callback
    def async_start(self) -> None:
        """Tell from the moment on that automations can hear it."""
        if self._hass.state is CoreState.running:
            self._is_heard = True
            self._heard()
            return

        @callback
        def heard(_: datetime) -> None:
            self._unsub_start = None
            self._is_heard = True
            self._heard()

        @callback
        def started(_: Event) -> None:
            self._unsub_start = async_call_later(self._hass, HEARD_AFTER, heard)

        self._unsub_start = self._hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STARTED, started)

    @callback
    def async_pause(self) -> None:
        """Tell nothing more until the next start; what was told goes on being acted on."""
        self._is_heard = False
        if self._unsub_start:
            self._unsub_start()
            self._unsub_start = None

    @callback
    def async_stop(self) -> None:
        """Tell nothing more, and forget what was told."""
        self.async_pause()
        for context_id in list(self._tellings):
            self._forget(context_id)

    @callback
    def async_tell(self, announcements: Iterable[Announcement]) -> None:
        """Tell those that have not been told, if they can be heard now."""
        if not self._is_heard or self._hass.is_stopping:
            return
        told = {telling.announcement for telling in self._tellings.values()}
        for announcement in announcements:
            if announcement not in told:
                self._tell(announcement)

    def _tell(self, announcement: Announcement) -> None:
        """Tell one announcement, and watch what it starts."""
        context = Context()
        telling = self._tellings[context.id] = Telling(announcement=announcement)
        if self._unsub_automations is None:
            self._unsub_automations = self._hass.bus.async_listen(
                EVENT_AUTOMATION_TRIGGERED, self._automation_triggered
            )

        @callback
        def settle(_: datetime) -> None:
            telling.settled = True
            self._look(context.id)

        @callback
        def give_up(_: datetime) -> None:
            telling.automations.clear()
            self._look(context.id)

        telling.waiting = [
            async_call_later(self._hass, SHORTEST, settle),
            async_call_later(self._hass, LONGEST, give_up),
        ]
        async_dispatcher_send(self._hass, self._signal, announcement, context)

    @callback
    def _automation_triggered(self, event: Event) -> None:
        """Note an automation that an announcement has started, and when its runs change."""
        context_id = event.context.parent_id or ""
        if (telling := self._tellings.get(context_id)) is None:
            return
        telling.automations.add(entity_id := event.data[ATTR_ENTITY_ID])

        @callback
        def changed(_: Event[EventStateChangedData]) -> None:
            self._look(context_id)

        telling.waiting.append(async_track_state_change_event(self._hass, entity_id, changed))

    def _look(self, context_id: str) -> None:
        """Say that an announcement has been acted on, if that is so.

        Home Assistant ends automations when it stops: then they have not done all they would.
        """
        telling = self._tellings.get(context_id)
        if telling is None or not telling.settled or self._hass.is_stopping:
            return
        if not any(self._runs(automation) for automation in telling.automations):
            self._forget(context_id)
            self._acted_on(telling.announcement)

    def _runs(self, automation: str) -> bool:
        """Return whether an automation is at work."""
        state = self._hass.states.get(automation)
        return state is not None and bool(state.attributes.get("current"))

    def _forget(self, context_id: str) -> None:
        """Watch one announcement no longer."""
        for stop_waiting in self._tellings.pop(context_id).waiting:
            stop_waiting()
        if not self._tellings and self._unsub_automations:
            self._unsub_automations()
            self._unsub_automations = None
