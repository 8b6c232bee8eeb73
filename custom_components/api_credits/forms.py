"""The forms of the config and options flows: fields, choices and suggestions."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import probatio

from homeassistant.const import UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.helpers.translation import async_get_translations

from .client.provider import Credential, Identity, Provider
from .const import (
    CONF_ACCOUNT,
    CONF_LOW_BALANCE,
    CONF_PROVIDER,
    CONF_RUNWAY_DAYS,
    CONF_UNREADABLE_AFTER,
    CONF_UPDATE_INTERVAL,
    DOMAIN,
)
from .limits import UNREADABLE_AFTER, UNREADABLE_AFTER_HOURS
from .providers import PROVIDERS
from .readings import Reading, format_amount

LONGEST_INTERVAL: Final = 24 * 60
SEVERAL_CURRENCIES: Final = "several_currencies"
SUGGESTED_RUNWAY_DAYS: Final = 7


def provider_schema() -> probatio.Schema:
    """Return the choice of providers, sorted by name."""
    providers = sorted(PROVIDERS.values(), key=lambda provider: provider.name.casefold())
    return _choice(
        CONF_PROVIDER,
        [SelectOptionDict(value=provider.key, label=provider.name) for provider in providers],
        SelectSelectorMode.DROPDOWN,
    )


def account_schema(identities: Iterable[Identity]) -> probatio.Schema:
    """Return the choice of accounts that have an id, the first one chosen already."""
    options = [
        SelectOptionDict(value=identity.id, label=identity.title or identity.id)
        for identity in identities
        if identity.id
    ]
    return _choice(CONF_ACCOUNT, options, SelectSelectorMode.LIST, default=options[0]["value"])


def credentials_schema(credentials: Iterable[Credential]) -> probatio.Schema:
    """Return a field for each credential."""
    return probatio.Schema(
        {probatio.Required(field.key): _credential_selector(field) for field in credentials}
    )


def alerts_schema(balances: list[Reading]) -> probatio.Schema:
    """Return the fields that say when to be warned, in the units of the balances."""
    low_balance = NumberSelectorConfig(min=0, step="any", mode=NumberSelectorMode.BOX)
    if units := sorted({balance.unit for balance in balances if balance.unit}):
        low_balance["unit_of_measurement"] = " / ".join(units)
    return probatio.Schema(
        {
            probatio.Optional(CONF_LOW_BALANCE): NumberSelector(low_balance),
            probatio.Optional(CONF_RUNWAY_DAYS): _whole_number(1, 365, UnitOfTime.DAYS),
        }
    )


def options_schema(provider: type[Provider], balances: list[Reading]) -> probatio.Schema:
    """Return the fields of the alerts, and how often to ask."""
    interval = probatio.Required(
        CONF_UPDATE_INTERVAL, default=int(provider.default_interval.total_seconds() / 60)
    )
    shortest = int(provider.min_interval.total_seconds() / 60)
    return alerts_schema(balances).extend(
        {
            interval: _whole_number(shortest, LONGEST_INTERVAL, UnitOfTime.MINUTES),
            probatio.Required(CONF_UNREADABLE_AFTER, default=UNREADABLE_AFTER_HOURS): _whole_number(
                UNREADABLE_AFTER.lowest, UNREADABLE_AFTER.highest, UnitOfTime.HOURS
            ),
        }
    )


def suggested_alerts(balances: list[Reading]) -> dict[str, Any]:
    """Return a low balance of a fifth of what is there, to one digit, and a week of runway."""
    most = max(
        (balance.amount for balance in balances if balance.amount is not None),
        default=Decimal(0),
    )
    return {
        CONF_LOW_BALANCE: float(f"{most / 5:.0e}") if most > 0 else None,
        CONF_RUNWAY_DAYS: SUGGESTED_RUNWAY_DAYS,
    }


async def async_balances(hass: HomeAssistant, balances: list[Reading]) -> dict[str, str]:
    """Return what the texts of the alerts need to know of the balances.

    That several currencies are not converted is said where there are several. The texts of a form
    know no such condition, so this one is in the language of the home.
    """
    currencies = {balance.unit for balance in balances if balance.is_money}
    texts = await async_get_translations(hass, hass.config.language, "common", {DOMAIN})
    note = texts.get(f"component.{DOMAIN}.common.{SEVERAL_CURRENCIES}", "")
    return {
        "balances": ", ".join(format_amount(each.amount, each.unit) for each in balances) or "–",
        SEVERAL_CURRENCIES: f" {note}" if note and len(currencies) > 1 else "",
    }


def _choice(
    key: str,
    options: list[SelectOptionDict],
    mode: SelectSelectorMode,
    default: Any = probatio.UNDEFINED,
) -> probatio.Schema:
    """Return a form of one choice."""
    selector = SelectSelector(SelectSelectorConfig(options=options, mode=mode))
    return probatio.Schema({probatio.Required(key, default=default): selector})


def _credential_selector(field: Credential) -> TextSelector | SelectSelector:
    """Return how a credential is typed or chosen."""
    if field.options:
        return SelectSelector(
            SelectSelectorConfig(options=list(field.options), mode=SelectSelectorMode.DROPDOWN)
        )
    kind = TextSelectorType.PASSWORD if field.secret else TextSelectorType.TEXT
    return TextSelector(TextSelectorConfig(type=kind, autocomplete="off"))


def _whole_number(lowest: int, highest: int, unit: str) -> NumberSelector:
    """Return a box for a number with a unit."""
    return NumberSelector(
        NumberSelectorConfig(
            min=lowest, max=highest, mode=NumberSelectorMode.BOX, unit_of_measurement=unit
        )
    )
