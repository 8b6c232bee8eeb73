"""The forms of the config and options flows: fields, choices and suggestions."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import probatio

from homeassistant.const import UnitOfTime
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

from .client.credentials import Credential
from .client.provider import Identity, Provider
from .const import (
    CONF_ACCOUNT,
    CONF_LOW_BALANCE,
    CONF_PROVIDER,
    CONF_RUNWAY_DAYS,
    CONF_UPDATE_INTERVAL,
)
from .providers import PROVIDERS
from .readings import Reading

LONGEST_INTERVAL: Final = 24 * 60
SUGGESTED_RUNWAY_DAYS: Final = 7


def provider_schema() -> probatio.Schema:
    """Return the choice of providers, sorted by name, with a field to search it.

    The frontend has a search field where a value of one's own may be entered.
    """
    options = [
        SelectOptionDict(value=key, label=name)
        for key, name in sorted(PROVIDERS.names.items(), key=lambda named: named[1].casefold())
    ]
    selector = SelectSelector(
        SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN, custom_value=True)
    )
    return probatio.Schema({probatio.Required(CONF_PROVIDER): selector})


def account_schema(identities: Iterable[Identity]) -> probatio.Schema:
    """Return the choice of accounts that have an id, the first one chosen already."""
    options = [
        SelectOptionDict(value=identity.id, label=identity.title or identity.id)
        for identity in identities
        if identity.id
    ]
    selector = SelectSelector(SelectSelectorConfig(options=options, mode=SelectSelectorMode.LIST))
    chosen = probatio.Required(CONF_ACCOUNT, default=options[0]["value"])
    return probatio.Schema({chosen: selector})


def credentials_schema(credentials: Iterable[Credential]) -> probatio.Schema:
    """Return a field for each credential."""
    return probatio.Schema(
        {probatio.Required(field.key): _credential_selector(field) for field in credentials}
    )


def alerts_schema(balances: list[Reading]) -> probatio.Schema:
    """Return the fields that say when to be warned, in the balances' unit if they share one."""
    low_balance = NumberSelectorConfig(min=0, step="any", mode=NumberSelectorMode.BOX)
    units = {balance.unit for balance in balances}
    if len(units) == 1 and (unit := units.pop()):
        low_balance["unit_of_measurement"] = unit
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
        {interval: _whole_number(shortest, LONGEST_INTERVAL, UnitOfTime.MINUTES)}
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


def _credential_selector(field: Credential) -> TextSelector | SelectSelector:
    """Return how a credential is typed or chosen."""
    if field.options:
        return SelectSelector(
            SelectSelectorConfig(
                options=list(field.options),
                mode=SelectSelectorMode.DROPDOWN,
                translation_key=field.key,
            )
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
