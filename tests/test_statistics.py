"""Long-term statistics of a balance and of what was spent of it."""

from datetime import timedelta
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)
from pytest_homeassistant_custom_component.typing import RecorderInstanceContextManager

from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .answers import (
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    SMS_WORKS,
    SMS_WORKS_BALANCE,
    FakeProviders,
    hyperstack_credit,
)
from .conftest import set_up


@pytest.fixture
async def mock_recorder_before_hass(async_test_recorder: RecorderInstanceContextManager) -> None:
    """Prepare the recorder before Home Assistant."""


@pytest.mark.usefixtures("recorder_mock")
async def test_statistics_of_balances(
    hass: HomeAssistant,
    providers: FakeProviders,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Money adds up to what was spent, credits have a mean, and neither gives cause to complain."""
    await async_setup_component(hass, "sensor", {})
    start = dt_util.utcnow().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    freezer.move_to(start)
    caplog.clear()
    providers.serve(HYPERSTACK, SMS_WORKS)
    money = await set_up(hass, HYPERSTACK.entry())
    counted = await set_up(hass, SMS_WORKS.entry())
    for minute, (credit, messages) in enumerate(((28, 180), (25, 120), (21.5, 60)), start=1):
        freezer.move_to(start + timedelta(minutes=minute))
        providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(credit))
        providers.answer(SMS_WORKS_BALANCE, json={"credits": messages})
        await money.runtime_data.async_refresh()
        await counted.runtime_data.async_refresh()
        await hass.async_block_till_done()
    await async_wait_recording_done(hass)

    do_adhoc_statistics(hass, start=start)
    await async_wait_recording_done(hass)
    statistics = await get_instance(hass).async_add_executor_job(compiled, hass, start)
    (of_money,) = statistics["sensor.hyperstack_example_org_balance"]
    assert of_money["state"] == 21.5
    assert of_money["sum"] == pytest.approx(21.5 - 28.147631028367705)
    (of_credits,) = statistics["sensor.the_sms_works_balance"]
    assert (of_credits["min"], of_credits["max"]) == (60, 180)
    (of_spend,) = statistics["sensor.hyperstack_example_org_spent"]
    assert of_spend["sum"] == pytest.approx(28.147631028367705 - 21.5)
    (of_messages,) = statistics["sensor.the_sms_works_spent"]
    assert of_messages["sum"] == 120
    assert set(statistics) == {
        "sensor.hyperstack_example_org_balance",
        "sensor.hyperstack_example_org_spent",
        "sensor.the_sms_works_balance",
        "sensor.the_sms_works_spent",
    }
    complaints = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert not [record for record in complaints if "sensor" in record.getMessage()]


def compiled(hass: HomeAssistant, start: Any) -> dict[str, list[Any]]:
    """Return the statistics that there are."""
    return dict(
        statistics_during_period(
            hass, start, None, None, "5minute", None, {"state", "sum", "mean", "min", "max"}
        )
    )
