"""The forms of the config and options flows: fields, choices and suggestions."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any, Final, override

import probatio

from homeassistant.const import UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    BooleanSelector,
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

from .client.credentials import Credential
from .client.declared import Identity
from .client.provider import Provider
from .const import (
    CONF_ACCOUNT,
    CONF_BALANCE_NOW,
    CONF_DASHBOARD,
    CONF_LOW_BALANCE,
    CONF_PROVIDER,
    CONF_RUNWAY_DAYS,
    CONF_UNREADABLE_AFTER,
    CONF_UPDATE_INTERVAL,
    DOMAIN,
)
from .limits import (
    LEFT,
    LOW_BALANCE,
    RUNWAY_DAYS,
    UNREADABLE_AFTER,
    UNREADABLE_AFTER_HOURS,
    Limit,
    limits_of,
)
from .markdown import as_text
from .providers import PROVIDERS
from .purses import by_purse, name_of
from .readings import Reading, format_balance

MOST_UNITS: Final = 3
"""More than these are not named beside a field."""
OTHER_BALANCES: Final = "other_balances"
SEVERAL_CURRENCIES: Final = "several_currencies"
SUGGESTED_RUNWAY_DAYS: Final = 7


def provider_schema() -> probatio.Schema:
    """Return the choice of providers, sorted by name, with a field to search it.

    What remains where none fits comes last. The frontend has a search field where a value of one's
    own may be entered, and chooses the first option by itself where one is required.
    """
    options = [
        SelectOptionDict(value=key, label=name)
        for key, name in sorted(
            PROVIDERS.choices.items(),
            key=lambda named: (named[0] == PROVIDERS.fallback, named[1].casefold()),
        )
    ]
    selector = SelectSelector(
        SelectSelectorConfig(
            options=options,
            mode=SelectSelectorMode.DROPDOWN,
            custom_value=True,
            translation_key="provider",
        )
    )
    return probatio.Schema({probatio.Optional(CONF_PROVIDER): selector})


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
    return probatio.Schema({_marker(field): _credential_selector(field) for field in credentials})


def alerts_schema(balances: Collection[Reading], *, dashboard: bool = False) -> probatio.Schema:
    """Return the fields that say when to be warned, in the units of the main purse's balances.

    A new account may also be asked whether a dashboard is wanted.
    """
    units = sorted({balance.unit for balance in balances if balance.unit})
    unit = " / ".join(units) if len(units) <= MOST_UNITS else None
    schema = probatio.Schema(
        {
            probatio.Optional(CONF_LOW_BALANCE): _number(LOW_BALANCE, unit, whole=False),
            probatio.Optional(CONF_RUNWAY_DAYS): _number(RUNWAY_DAYS, UnitOfTime.DAYS),
        }
    )
    if dashboard:
        return schema.extend({probatio.Optional(CONF_DASHBOARD, default=False): BooleanSelector()})
    return schema


def balance_now_schema() -> probatio.Schema:
    """Return the field that says what is left."""
    left = _number(LEFT, None, whole=False)
    return probatio.Schema({probatio.Required(CONF_BALANCE_NOW): left})


def options_schema(provider: type[Provider], balances: Collection[Reading]) -> probatio.Schema:
    """Return the fields of the alerts, and how often to ask."""
    interval = probatio.Required(
        CONF_UPDATE_INTERVAL, default=int(provider.default_interval.total_seconds() / 60)
    )
    limit = limits_of(provider)[CONF_UPDATE_INTERVAL]
    unreadable = probatio.Required(CONF_UNREADABLE_AFTER, default=UNREADABLE_AFTER_HOURS)
    return alerts_schema(balances).extend(
        {
            interval: _number(limit, UnitOfTime.MINUTES),
            unreadable: _number(UNREADABLE_AFTER, UnitOfTime.HOURS),
        }
    )


def suggested_alerts(balances: Collection[Reading]) -> dict[str, Any]:
    """Return a low balance of a fifth of the main purse, to one digit, and a week of runway."""
    most = max(
        (balance.amount for balance in balances if balance.amount is not None),
        default=Decimal(0),
    )
    return {
        CONF_LOW_BALANCE: LOW_BALANCE.kept(float(f"{most / 5:.0e}")) if most > 0 else None,
        CONF_RUNWAY_DAYS: SUGGESTED_RUNWAY_DAYS,
    }


async def async_balances(
    hass: HomeAssistant, balances: Collection[Reading], main: str | None
) -> dict[str, str]:
    """Return what the texts of the alerts need to know of the balances.

    That several currencies are not converted is said where there are several, and which purse the
    threshold is for where there are others. The texts of a form know no such condition, so these
    are in the language of the home.
    """
    purses = by_purse(balances)
    asked = purses.get(main or "", [])
    currencies = {balance.unit for balance in asked if balance.is_money}
    texts = await async_get_translations(hass, hass.config.language, "common", {DOMAIN})
    notes = {
        SEVERAL_CURRENCIES: len(currencies) > 1,
        OTHER_BALANCES: bool(asked) and len(purses) > 1,
    }
    said = {
        key: texts.get(f"component.{DOMAIN}.common.{key}", "") if applies else ""
        for key, applies in notes.items()
    }
    return {
        "balances": as_text(
            ", ".join(format_balance(each.amount, each.unit, each.scope) for each in balances)
        )
        or "–",
        **{
            key: note and f" {note.format(purse=as_text(name_of(asked)))}"
            for key, note in said.items()
        },
    }


def _marker(field: Credential) -> probatio.Marker:
    """Return whether a credential has to be given."""
    if field.is_flag:
        return probatio.Required(field.key, default=True)
    return probatio.Optional(field.key) if field.optional else probatio.Required(field.key)


def _credential_selector(field: Credential) -> TextSelector | SelectSelector | BooleanSelector:
    """Return how a credential is typed or chosen."""
    if field.is_flag:
        return BooleanSelector()
    if field.options:
        return SelectSelector(
            SelectSelectorConfig(
                options=list(field.options),
                mode=SelectSelectorMode.DROPDOWN,
                translation_key=field.key,
            )
        )
    kind = TextSelectorType.PASSWORD if field.secret else TextSelectorType.TEXT
    if field.is_address:
        kind = TextSelectorType.URL
    return TextSelector(TextSelectorConfig(type=kind, autocomplete="off"))


class _NumberBox(NumberSelector):
    """A box for a number that takes anything: the step refuses what is none, in words."""

    @override
    def __call__(self, data: Any) -> Any:
        """Take what was entered."""
        return data


def _number(limit: Limit, unit: str | None, *, whole: bool = True) -> NumberSelector:
    """Return a box for a number within limits, of a unit."""
    config = NumberSelectorConfig(min=limit.lowest, max=limit.highest, mode=NumberSelectorMode.BOX)
    if unit:
        config["unit_of_measurement"] = unit
    if not whole:
        config["step"] = "any"
    return _NumberBox(config)
