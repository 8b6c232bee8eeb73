"""What is remembered of an account is written when it changes, and survives much."""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from datetime import timedelta
import logging
from pathlib import Path
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE, EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CoreState, HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from homeassistant.util.file import WriteError

from .answers import (
    ERRORS,
    EXAMPLES,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    Example,
    FakeProviders,
    hyperstack_credit,
)
from .conftest import PassTime, SetCredit, file_of, moments, poll, set_up, state_of

BALANCE = "sensor.hyperstack_example_org_balance"
SPENT = "sensor.hyperstack_example_org_spent"
A_MOMENT = timedelta(seconds=1)

LEDGER = {
    "unit": "USD",
    "balance": "100.00",
    "changed_at": "2026-11-20T10:00:00+00:00",
    "seen_at": "2026-11-20T10:00:00+00:00",
    "renews_at": None,
    "renewed_at": None,
    "spent": "12.50",
    "spend": 0.5,
    "time": 86400.0,
    "top_up": {"amount": "50", "at": "2026-11-01T10:00:00+00:00"},
}
PENDING = {
    "moment": "topped_up",
    "at": "2026-11-20T10:00:00+00:00",
    "balance": "100.00",
    "unit": "USD",
    "scope": None,
    "amount": "50",
}
MEMORY = {"ledgers": {"balance": LEDGER}, "alerts": {"balance": []}, "pending": []}


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10}


def keep(
    hass_storage: dict[str, Any], entry: MockConfigEntry, data: Any, **versions: Any
) -> dict[str, Any]:
    """Have an account's file hold this."""
    file = {"version": 1, "minor_version": 1, "key": file_of(entry), "data": data} | versions
    hass_storage[file_of(entry)] = file
    return file


def doctored(*path: str, value: Any) -> dict[str, Any]:
    """Return a memory with another value in one place."""
    memory: dict[str, Any] = deepcopy(MEMORY) | {"pending": [dict(PENDING)]}
    place: Any = memory
    for key in path[:-1]:
        place = place[int(key) if isinstance(place, list) else key]
    place[path[-1]] = value
    return memory


async def stop(hass: HomeAssistant, _: MockConfigEntry) -> None:
    """Have Home Assistant end, as far as it concerns files."""
    hass.set_state(CoreState.stopping)
    hass.bus.async_fire_internal(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    hass.set_state(CoreState.final_write)
    hass.bus.async_fire_internal(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()


async def unload(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Unload an account."""
    assert await hass.config_entries.async_unload(entry.entry_id)


# When it is written


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
async def test_unchanged_polls_write_nothing(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    pass_time: PassTime,
    providers: FakeProviders,
    example: Example,
    loaded_entry: MockConfigEntry,
) -> None:
    """A poll that brings nothing new leaves the file alone."""
    await pass_time(timedelta(hours=1))
    written = hass_storage[file_of(loaded_entry)]
    for _ in range(5):
        await pass_time(timedelta(hours=1))
    assert len(providers.requests) == 7
    assert hass_storage[file_of(loaded_entry)] is written


async def test_outage_is_written_once(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """Since when an account cannot be read is on disk, and its further failures write nothing."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    since = dt_util.utcnow().isoformat()
    await pass_time(timedelta(hours=1))
    written = hass_storage[file_of(loaded_entry)]
    assert written["data"]["unread"]["since"] == since
    for _ in range(3):
        await pass_time(timedelta(hours=1))
    assert len(providers.requests) == 6
    assert hass_storage[file_of(loaded_entry)] is written
    providers.serve(HYPERSTACK)
    await poll(hass, loaded_entry)
    await pass_time(timedelta(hours=1))
    assert hass_storage[file_of(loaded_entry)]["data"]["unread"] is None


async def test_change_is_written_at_once(
    hass_storage: dict[str, Any],
    set_credit: SetCredit,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """A changed balance is on disk after the poll that brought it."""
    await set_credit(27)
    await set_credit(9)
    memory = hass_storage[file_of(loaded_entry)]["data"]
    assert memory["ledgers"]["balance"]["balance"] == "9"
    assert memory["ledgers"]["balance"]["spent"] == "19.147631028367705"
    assert memory["alerts"] == {"balance": ["low"]}
    assert [pending["moment"] for pending in memory["pending"]] == ["became_low"]
    await pass_time(A_MOMENT)
    assert not hass_storage[file_of(loaded_entry)]["data"]["pending"]


@pytest.mark.parametrize("end", [stop, unload])
async def test_written_at_the_end(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    loaded_entry: MockConfigEntry,
    end: Callable[[HomeAssistant, MockConfigEntry], Awaitable[None]],
) -> None:
    """When the balance was last seen is written when Home Assistant stops, or unloads it."""
    freezer.move_to("2026-11-21 10:00:00+00:00")
    await poll(hass, loaded_entry)
    freezer.tick(timedelta(minutes=15))
    await poll(hass, loaded_entry)
    await end(hass, loaded_entry)
    ledger = hass_storage[file_of(loaded_entry)]["data"]["ledgers"]["balance"]
    assert ledger["seen_at"] == "2026-11-21T10:15:00+00:00"


async def test_final_write_after_unloading(
    hass: HomeAssistant, hass_storage: dict[str, Any], loaded_entry: MockConfigEntry
) -> None:
    """An account that is unloaded writes nothing any more."""
    assert await hass.config_entries.async_unload(loaded_entry.entry_id)
    written = hass_storage[file_of(loaded_entry)]
    hass.set_state(CoreState.final_write)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    assert hass_storage[file_of(loaded_entry)] is written


async def test_removing(
    hass: HomeAssistant, hass_storage: dict[str, Any], loaded_entry: MockConfigEntry
) -> None:
    """The file of an account that is removed goes away."""
    assert file_of(loaded_entry) in hass_storage
    assert await hass.config_entries.async_remove(loaded_entry.entry_id)
    await hass.async_block_till_done()
    assert file_of(loaded_entry) not in hass_storage


# What is made of it


async def test_spend_while_away(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    told: list[State],
    mock_config_entry: MockConfigEntry,
) -> None:
    """What was spent while Home Assistant was down is spent all the same."""
    keep(hass_storage, mock_config_entry, MEMORY)
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(95.75))
    await set_up(hass, mock_config_entry)
    assert state_of(hass, BALANCE) == "95.75"
    assert state_of(hass, SPENT) == "16.75"
    assert not told


async def test_told_after_a_restart(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    pass_time: PassTime,
    told: list[State],
    mock_config_entry: MockConfigEntry,
) -> None:
    """What was not told before is, with its figures of then, before what is new."""
    keep(hass_storage, mock_config_entry, MEMORY | {"pending": [PENDING]})
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(9))
    await set_up(hass, mock_config_entry)
    assert moments(told) == ["topped_up", "became_low"]
    assert told[0].attributes["amount"] == 50
    assert told[0].attributes["at"] == PENDING["at"]
    await pass_time(A_MOMENT)
    assert hass_storage[file_of(mock_config_entry)]["data"]["pending"] == []


async def test_alert_that_held_before(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    told: list[State],
    mock_config_entry: MockConfigEntry,
) -> None:
    """An alert that held before a restart, and still holds, is not told again."""
    keep(hass_storage, mock_config_entry, MEMORY | {"alerts": {"balance": ["low"]}})
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(9))
    await set_up(hass, mock_config_entry)
    assert not told


async def test_same_memory_before_and_after(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    set_credit: SetCredit,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """A reload neither adds to what is remembered nor takes from it."""
    await pass_time(timedelta(hours=8))
    await set_credit(27)
    await set_credit(127)
    await pass_time(A_MOMENT)
    before = hass_storage[file_of(loaded_entry)]
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    assert hass_storage[file_of(loaded_entry)] == before


# What can happen to it

NO_MEMORY: dict[str, Any] = {
    "list": [],
    "text": "text",
    "number": 5,
    "nothing": {},
    "incomplete": {"ledgers": {}, "alerts": {}},
    "ledgers": MEMORY | {"ledgers": []},
    "ledger": MEMORY | {"ledgers": {"balance": None}},
    "alerts": MEMORY | {"alerts": []},
    "alerts of a purse": MEMORY | {"alerts": {"balance": "low"}},
    "alert": MEMORY | {"alerts": {"balance": ["sad"]}},
    "pending": MEMORY | {"pending": None},
    "announcement": MEMORY | {"pending": ["became_low"]},
}
WRONG_VALUES: dict[str, tuple[Any, ...]] = {
    "ledgers.balance.unit": (5, []),
    "ledgers.balance.balance": (None, 1.5, "", "much", "NaN", "Infinity", []),
    "ledgers.balance.spent": (None, 1.5, "NaN"),
    "ledgers.balance.changed_at": (None, 5, "", "yesterday", "2026-11-20T10:00:00", []),
    "ledgers.balance.seen_at": (None, "2026-11-20T10:00:00"),
    "ledgers.balance.renews_at": (5, "2026-11-20T10:00:00"),
    "ledgers.balance.renewed_at": (5, "2026-11-20T10:00:00"),
    "ledgers.balance.spend": (None, "much", -1, "NaN", []),
    "ledgers.balance.time": (None, -1, "Infinity"),
    "ledgers.balance.top_up": (5, [], {}, "much"),
    "pending.0.moment": (None, "sad", []),
    "pending.0.at": (None, "yesterday"),
    "pending.0.amount": (5, "NaN"),
}
NO_MEMORY |= {
    f"{path}={value!r}": doctored(*path.split("."), value=value)
    for path, values in WRONG_VALUES.items()
    for value in values
}


async def assert_begun_anew(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    providers: FakeProviders,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Check that an account is set up in spite of its file, and that the log says why."""
    providers.serve(HYPERSTACK)
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, BALANCE) == "28.147631028367705"
    assert state_of(hass, SPENT) == "0"
    (warning,) = warnings(caplog)
    assert f"{file_of(entry)}.unreadable" in warning
    assert not ir.async_get(hass).issues


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the integration has logged for a person to see."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING and record.name.startswith("custom_components")
    ]


@pytest.mark.parametrize("data", NO_MEMORY.values(), ids=NO_MEMORY)
async def test_file_of_another_shape(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    caplog: pytest.LogCaptureFixture,
    mock_config_entry: MockConfigEntry,
    data: Any,
) -> None:
    """A file that makes no sense is begun anew."""
    keep(hass_storage, mock_config_entry, data)
    await assert_begun_anew(hass, mock_config_entry, providers, caplog)
    assert hass_storage[file_of(mock_config_entry)]["data"]["ledgers"]["balance"]["spent"] == "0"


@pytest.mark.parametrize(
    "versions",
    [{"version": 0}, {"version": "1"}, {"version": None}],
    ids=["older", "text", "none"],
)
async def test_file_of_another_version(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    caplog: pytest.LogCaptureFixture,
    mock_config_entry: MockConfigEntry,
    versions: dict[str, Any],
) -> None:
    """A file of a version that is not known is begun anew."""
    keep(hass_storage, mock_config_entry, MEMORY, **versions)
    await assert_begun_anew(hass, mock_config_entry, providers, caplog)


async def test_file_of_a_newer_version(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    mock_config_entry: MockConfigEntry,
) -> None:
    """A file that a newer version has written is left as it is, and a person is told why."""
    file = keep(hass_storage, mock_config_entry, MEMORY, version=2)
    providers.serve(HYPERSTACK)
    await set_up(hass, mock_config_entry)
    assert mock_config_entry.state is ConfigEntryState.SETUP_ERROR
    assert mock_config_entry.error_reason_translation_key == "memory_from_newer_version"
    await stop(hass, mock_config_entry)
    assert hass_storage[file_of(mock_config_entry)] is file
    assert not providers.requests


async def test_file_of_a_newer_minor_version(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    mock_config_entry: MockConfigEntry,
) -> None:
    """A file that is but a little newer is read: that is what minor versions are for."""
    keep(hass_storage, mock_config_entry, MEMORY, minor_version=2)
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(95.75))
    await set_up(hass, mock_config_entry)
    assert state_of(hass, SPENT) == "16.75"


@pytest.mark.parametrize(
    "error", [HomeAssistantError("cannot read"), OSError("cannot read")], ids=["file", "disk"]
)
async def test_file_that_cannot_be_read(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    pass_time: PassTime,
    mock_config_entry: MockConfigEntry,
    error: Exception,
) -> None:
    """A disk that does not give the file just now is asked again, and the history goes on."""
    file = keep(hass_storage, mock_config_entry, MEMORY)
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(95.75))
    with patch("homeassistant.helpers.storage.Store._async_load", side_effect=error):
        await set_up(hass, mock_config_entry)
    assert mock_config_entry.state is ConfigEntryState.SETUP_RETRY
    assert mock_config_entry.error_reason_translation_key == "memory_not_read"
    await pass_time(timedelta(minutes=1))
    assert state_of(hass, SPENT) == "16.75"
    assert hass_storage[file_of(mock_config_entry)] is not file


async def test_stop_before_the_file_could_be_read(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    mock_config_entry: MockConfigEntry,
) -> None:
    """What could not be read is not overwritten as Home Assistant ends."""
    file = keep(hass_storage, mock_config_entry, MEMORY)
    with patch("homeassistant.helpers.storage.Store._async_load", side_effect=OSError):
        await set_up(hass, mock_config_entry)
    await stop(hass, mock_config_entry)
    assert hass_storage[file_of(mock_config_entry)] is file
    assert not providers.requests


class TestFileOnDisk:
    """What Home Assistant itself does of a file that is no JSON, and on a disk that is full."""

    @pytest.fixture
    def hass_storage(self) -> None:
        """Let there be files."""

    @pytest.fixture
    def hass_config_dir(self, hass_tmp_config_dir: str) -> str:
        """Let files be where they may."""
        return hass_tmp_config_dir

    @pytest.fixture
    def path(self, hass: HomeAssistant, mock_config_entry: MockConfigEntry) -> Path:
        """Return the file of the account."""
        path = Path(hass.config.path(".storage", file_of(mock_config_entry)))
        path.parent.mkdir(exist_ok=True)
        return path

    @pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1, 2"])
    async def test_no_json(
        self,
        hass: HomeAssistant,
        issue_registry: ir.IssueRegistry,
        providers: FakeProviders,
        mock_config_entry: MockConfigEntry,
        path: Path,
        content: bytes,
    ) -> None:
        """A broken file is put aside, told of by Home Assistant, and begun anew."""
        await hass.async_add_executor_job(path.write_bytes, content)
        providers.serve(HYPERSTACK)
        await set_up(hass, mock_config_entry)
        assert mock_config_entry.state is ConfigEntryState.LOADED
        (aside,) = path.parent.glob(f"{path.name}.corrupt.*")
        assert aside.read_bytes() == content
        (issue,) = issue_registry.issues.values()
        assert issue.translation_key == "storage_corruption"
        assert issue.issue_domain == "api_credits"

    @pytest.mark.parametrize("content", [b"[]", b"{}", b'"text"', b"5", b'{"version": 1}'])
    async def test_no_store(
        self,
        hass: HomeAssistant,
        providers: FakeProviders,
        mock_config_entry: MockConfigEntry,
        path: Path,
        content: bytes,
    ) -> None:
        """JSON that Home Assistant has not written does no harm."""
        await hass.async_add_executor_job(path.write_bytes, content)
        providers.serve(HYPERSTACK)
        await set_up(hass, mock_config_entry)
        assert mock_config_entry.state is ConfigEntryState.LOADED
        assert state_of(hass, SPENT) == "0"

    async def test_no_space(
        self,
        hass: HomeAssistant,
        set_credit: SetCredit,
        told: list[State],
        loaded_entry: MockConfigEntry,
    ) -> None:
        """An account whose file cannot be written is watched all the same."""
        with patch("homeassistant.helpers.storage.write_utf8_file_atomic", side_effect=WriteError):
            await set_credit(9)
            assert state_of(hass, BALANCE) == "9"
            assert not told
        await set_credit(9)
        assert moments(told) == ["became_low"]

    async def test_no_memory(
        self,
        hass: HomeAssistant,
        providers: FakeProviders,
        mock_config_entry: MockConfigEntry,
        path: Path,
    ) -> None:
        """A file that makes no sense is kept beside the new one, and goes with the account."""
        content = f'{{"version": 1, "key": "{path.name}", "data": {{"ledgers": 5}}}}'
        await hass.async_add_executor_job(path.write_text, content)
        providers.serve(HYPERSTACK)
        await set_up(hass, mock_config_entry)
        aside = path.with_name(f"{path.name}.unreadable")
        assert await hass.async_add_executor_job(aside.read_text) == content
        assert await hass.async_add_executor_job(path.exists)
        assert await hass.config_entries.async_remove(mock_config_entry.entry_id)
        assert not [*path.parent.glob(f"{path.name}*")]

    async def test_one_warning_during_an_outage(
        self,
        hass: HomeAssistant,
        providers: FakeProviders,
        pass_time: PassTime,
        caplog: pytest.LogCaptureFixture,
        mock_config_entry: MockConfigEntry,
        path: Path,
    ) -> None:
        """A lost file is told of once, however often the account is tried to be set up."""
        content = f'{{"version": 1, "key": "{path.name}", "data": []}}'
        await hass.async_add_executor_job(path.write_text, content)
        providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
        await set_up(hass, mock_config_entry)
        for _ in range(5):
            await pass_time(timedelta(minutes=15))
        assert mock_config_entry.state is ConfigEntryState.SETUP_RETRY
        assert len(providers.requests) > 2
        told = [warning for warning in warnings(caplog) if path.name in warning]
        assert len(told) == 1

    async def test_removing(
        self, hass: HomeAssistant, loaded_entry: MockConfigEntry, path: Path
    ) -> None:
        """Nothing of a removed account is left on disk."""
        assert await hass.async_add_executor_job(path.exists)
        assert await hass.config_entries.async_remove(loaded_entry.entry_id)
        assert not await hass.async_add_executor_job(path.exists)
