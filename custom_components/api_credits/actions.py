"""The actions of the integration."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any, Final

import probatio

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_extract_config_entry_ids
from homeassistant.util import dt as dt_util

from .alerts import Alert
from .client.provider import Provider
from .client.reports import Calculated
from .const import CONF_PROVIDER, DOMAIN
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .limits import LEFT, PAID, Limit, amount_within
from .providers import PROVIDERS
from .readings import Reading

ADD_TOP_UP: Final = "add_top_up"
GET_ACCOUNTS: Final = "get_accounts"
SET_BALANCE: Final = "set_balance"

ATTR_AMOUNT: Final = "amount"
ATTR_BALANCE: Final = "balance"
ATTR_TIME: Final = "time"


def _amount_within(limit: Limit) -> Callable[[Any], Decimal]:
    """Return what takes an amount within limits, as exactly as it is given."""

    def amount(value: Any) -> Decimal:
        if (found := amount_within(limit, value)) is None:
            raise probatio.Invalid(f"not a number from {limit.lowest} to {limit.highest}")
        return found

    return amount


@callback
def async_setup_actions(hass: HomeAssistant) -> None:
    """Register the actions."""
    hass.services.async_register(
        DOMAIN,
        GET_ACCOUNTS,
        _async_get_accounts,
        schema=probatio.Schema(cv.TARGET_SERVICE_FIELDS),
        supports_response=SupportsResponse.ONLY,
    )
    hass.services.async_register(
        DOMAIN,
        SET_BALANCE,
        _async_set_balance,
        schema=probatio.Schema(
            {**cv.TARGET_SERVICE_FIELDS, probatio.Required(ATTR_BALANCE): _amount_within(LEFT)}
        ),
    )
    hass.services.async_register(
        DOMAIN,
        ADD_TOP_UP,
        _async_add_top_up,
        schema=probatio.Schema(
            {
                **cv.TARGET_SERVICE_FIELDS,
                probatio.Required(ATTR_AMOUNT): _amount_within(PAID),
                probatio.Optional(ATTR_TIME): cv.datetime,
            }
        ),
    )


async def _async_get_accounts(call: ServiceCall) -> ServiceResponse:
    """Return the accounts that are targeted, all of them where nothing is."""
    if not call.data:
        entries: list[ApiCreditsConfigEntry] = call.hass.config_entries.async_entries(DOMAIN)
    else:
        entries = await _async_targeted(call)
        if not entries:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="no_account_targeted"
            )
    for entry in entries:
        await PROVIDERS.async_load(call.hass, entry.data[CONF_PROVIDER])
    return {"accounts": [describe_account(call.hass, entry) for entry in entries]}


async def _async_set_balance(call: ServiceCall) -> None:
    """Take what a person says is left of an account now."""
    coordinator, provider = await _async_calculated(call)
    await coordinator.async_set_balance(provider, call.data[ATTR_BALANCE])


async def _async_add_top_up(call: ServiceCall) -> None:
    """Take what a person says was paid, now or at a time since the balance was set."""
    coordinator, provider = await _async_calculated(call)
    now = dt_util.utcnow()
    at = dt_util.as_utc(call.data[ATTR_TIME]) if ATTR_TIME in call.data else now
    with suppress(ValueError):
        if at <= now:
            await coordinator.async_add_top_up(provider, call.data[ATTR_AMOUNT], at)
            return
    raise ServiceValidationError(translation_domain=DOMAIN, translation_key="top_up_time")


async def _async_targeted(call: ServiceCall) -> list[ApiCreditsConfigEntry]:
    """Return the accounts that are targeted."""
    targeted = await async_extract_config_entry_ids(call)
    entries: list[ApiCreditsConfigEntry] = call.hass.config_entries.async_entries(DOMAIN)
    return [entry for entry in entries if entry.entry_id in targeted]


async def _async_calculated(call: ServiceCall) -> tuple[ApiCreditsCoordinator, Calculated]:
    """Return the one account that is targeted, whose balance has to be one of our reckoning."""
    entries = await _async_targeted(call)
    if len(entries) != 1:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="not_one_account")
    (entry,) = entries
    about = {"account": entry.title}
    if entry.state is not ConfigEntryState.LOADED:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="account_not_loaded",
            translation_placeholders=about,
        )
    provider = entry.runtime_data.provider
    if not isinstance(provider, Calculated):
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="balance_not_calculated",
            translation_placeholders=about,
        )
    return entry.runtime_data, provider


def describe_account(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> dict[str, Any]:
    """Return what is known of an account, amounts in their unit, its data's age in seconds."""
    is_loaded = entry.state is ConfigEntryState.LOADED
    provider: Provider = (
        entry.runtime_data.provider
        if is_loaded
        else PROVIDERS[entry.data[CONF_PROVIDER]].connect(hass, entry.data)
    )
    account = {
        "name": entry.title,
        "provider": provider.name,
        "top_up_url": provider.top_up_url,
        "readable": False,
        "age": None,
        "alerts": [],
        "balances": [],
    }
    if not is_loaded:
        return account
    coordinator = entry.runtime_data
    state, read_at = coordinator.data, coordinator.read_at
    alerts = {alert for held in state.alerts.values() for alert in held}
    if coordinator.memory.is_unreadable:
        alerts.add(Alert.UNREADABLE)
    return account | {
        "readable": coordinator.is_read and coordinator.last_update_success,
        "age": read_at and round((dt_util.utcnow() - read_at).total_seconds()),
        "alerts": sorted(alert.value for alert in alerts),
        "balances": [describe_balance(coordinator, each) for each in state.account.balances],
    }


def describe_balance(coordinator: ApiCreditsCoordinator, reading: Reading) -> dict[str, Any]:
    """Return a balance and what its ledger says, the burn rate per day."""
    balance: dict[str, Any] = {
        "scope": reading.scope,
        "unit": reading.unit,
        "balance": None if reading.amount is None else float(reading.amount),
    }
    ledger = coordinator.memory.ledgers.get(reading.key)
    if ledger is None:
        return balance
    figures = coordinator.data.figures[reading.key]
    return balance | {
        "spent": float(figures.spent),
        "burn_rate": _without_noise(figures.burn_rate),
        "days_left": figures.days_left,
        "runs_out": figures.runs_out and figures.runs_out.isoformat(),
        "last_top_up": ledger.top_up
        and {"amount": float(ledger.top_up.amount), "at": ledger.top_up.at.isoformat()},
    }


def _without_noise(rate: float | None) -> float | None:
    """Return a figure that is an estimate without digits that say nothing."""
    return None if rate is None else float(f"{rate:.6g}")
