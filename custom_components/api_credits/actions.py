"""The actions of the integration."""

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
from .const import CONF_PROVIDER, DOMAIN
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .providers import PROVIDERS
from .readings import Reading

GET_ACCOUNTS: Final = "get_accounts"


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


async def _async_get_accounts(call: ServiceCall) -> ServiceResponse:
    """Return the accounts that are targeted, all of them where nothing is."""
    entries: list[ApiCreditsConfigEntry] = call.hass.config_entries.async_entries(DOMAIN)
    if call.data:
        targeted = await async_extract_config_entry_ids(call)
        entries = [entry for entry in entries if entry.entry_id in targeted]
        if not entries:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="no_account_targeted"
            )
    for entry in entries:
        await PROVIDERS.async_load(call.hass, entry.data[CONF_PROVIDER])
    return {"accounts": [describe_account(call.hass, entry) for entry in entries]}


def describe_account(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> dict[str, Any]:
    """Return what is known of an account, amounts in their unit, its data's age in seconds."""
    provider = PROVIDERS[entry.data[CONF_PROVIDER]].connect(hass, entry.data)
    account = {
        "name": entry.title,
        "provider": provider.name,
        "top_up_url": provider.top_up_url,
        "readable": False,
        "age": None,
        "alerts": [],
        "balances": [],
    }
    if entry.state is not ConfigEntryState.LOADED:
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
