"""The forms for another service: its request, the numbers of its answer, and their units."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import probatio

from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    ObjectSelector,
    ObjectSelectorConfig,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from ..client.entered import Kind, shown_headers
from ..client.numbers import Found, Survey, place
from ..client.paths import Path
from ..client.picked import ERROR, MORE

DIVISORS: Final = ("1", "100", "1000", "10000", "500000", "1000000", "1000000000")
MORE_SECTION: Final = "more"
MOST_BUTTONS: Final = 12
"""More choices than these are not all shown at once."""
UNITS: Final = ("USD", "EUR", "GBP", "CNY", "credits", "characters", "requests", "tokens")


def request_schema(*, is_new: bool, is_known: bool) -> probatio.Schema:
    """Return the fields of a request; what is rare is folded away.

    An address that is known may stay empty: it is not shown where it may hold a secret.
    """
    named = {probatio.Required("name"): TextSelector()} if is_new else {}
    address = probatio.Optional if is_known else probatio.Required
    return probatio.Schema(
        {
            **named,
            address("url"): _text(TextSelectorType.URL),
            probatio.Required("auth", default=Kind.BEARER.value): SelectSelector(
                SelectSelectorConfig(
                    options=[kind.value for kind in Kind],
                    mode=SelectSelectorMode.DROPDOWN,
                    translation_key="auth",
                )
            ),
            probatio.Optional("auth_name"): _text(TextSelectorType.TEXT),
            probatio.Optional("secret"): _text(TextSelectorType.PASSWORD),
            probatio.Required(MORE_SECTION, default={}): section(
                probatio.Schema(
                    {
                        probatio.Required("method", default="GET"): _choice(("GET", "POST")),
                        probatio.Optional("body"): TextSelector(TextSelectorConfig(multiline=True)),
                        probatio.Optional("headers"): _headers(),
                        probatio.Optional("prefix"): _text(TextSelectorType.TEXT),
                        probatio.Required("verify_ssl", default=True): BooleanSelector(),
                    }
                ),
                {"collapsed": True},
            ),
        }
    )


def given_request(user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was entered, folded away or not, with nothing where nothing was."""
    empty = dict.fromkeys(("name", "url", "auth_name", "secret", "body", "prefix"), "")
    return {**empty, "headers": [], **user_input, **user_input[MORE_SECTION]}


def suggested_request(known: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form can show of a request: no secret, and nothing that may be one."""
    plain = {key: known.get(key) or None for key in ("name", "auth", "auth_name")}
    url = known.get("url", "")
    headers = known.get("headers") or {}
    return {
        **plain,
        "url": None if "?" in url else url,
        MORE_SECTION: {
            "method": known.get("method"),
            "headers": shown_headers(headers) or None,
            "prefix": known.get("prefix") or None,
            "verify_ssl": known.get("verify_ssl", True),
        },
    }


def balance_schema(survey: Survey) -> probatio.Schema:
    """Return the choice of the number that is the balance, the likeliest chosen already."""
    numbers = survey.numbers
    few = len(numbers) <= MOST_BUTTONS
    likely = numbers[0].unit
    units = dict.fromkeys([found.unit for found in numbers if found.unit] + [*UNITS])
    unit = probatio.Required("unit", default=likely) if likely else probatio.Required("unit")
    return probatio.Schema(
        {
            probatio.Required("balance", default="1"): _numbers(
                numbers, SelectSelectorMode.LIST if few else SelectSelectorMode.DROPDOWN
            ),
            unit: _choice(units, custom=True),
            probatio.Required("divisor", default=DIVISORS[0]): SelectSelector(
                SelectSelectorConfig(
                    options=[*DIVISORS],
                    mode=SelectSelectorMode.DROPDOWN,
                    custom_value=True,
                    translation_key="divisor",
                )
            ),
            probatio.Required(MORE_SECTION, default={}): section(
                probatio.Schema(
                    {
                        probatio.Optional("used"): _numbers(numbers),
                        probatio.Required("sign", default=False): BooleanSelector(),
                    }
                ),
                {"collapsed": True},
            ),
        }
    )


def suggested_balance(survey: Survey, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was picked before, as far as it is there still."""
    balance = fields.get("balance", {})
    chosen = place_of(balance.get("path"), (found.path for found in survey.numbers))
    if chosen is None:
        return {}
    minus = place_of(balance.get("minus"), (found.path for found in survey.numbers))
    return {
        "balance": chosen,
        "unit": balance["unit"],
        "divisor": balance["divisor"],
        MORE_SECTION: {"used": minus, "sign": balance["negative"]},
    }


def readings_schema(survey: Survey) -> probatio.Schema:
    """Return the choices of further readings, and of a field that says an error."""
    fields: dict[Any, Any] = {probatio.Optional(key): _numbers(survey.numbers) for key in MORE}
    if survey.signs:
        options = [
            SelectOptionDict(value=str(number), label=place(path))
            for number, (path, _) in enumerate(survey.signs, 1)
        ]
        fields[probatio.Optional("error_field")] = SelectSelector(
            SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN)
        )
    return probatio.Schema(fields)


def suggested_readings(survey: Survey, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was picked before, as far as it is there still."""
    numbers = [found.path for found in survey.numbers]
    suggested = {key: place_of(fields.get(key, {}).get("path"), numbers) for key in MORE}
    signs = [path for path, _ in survey.signs]
    return suggested | {"error_field": place_of(fields.get(ERROR, {}).get("path"), signs)}


def place_of(path: Path | None, paths: Iterable[Path]) -> str | None:
    """Return the number of a path among others, as the choices have it; None if it is not there."""
    wanted = None if path is None else [*path]
    return next((str(place) for place, it in enumerate(paths, 1) if [*it] == wanted), None)


def _numbers(
    numbers: list[Found], mode: SelectSelectorMode = SelectSelectorMode.DROPDOWN
) -> SelectSelector:
    """Return a choice of the numbers, whose labels alone show what was answered."""
    options = [
        SelectOptionDict(value=str(place), label=found.label)
        for place, found in enumerate(numbers, 1)
    ]
    return SelectSelector(SelectSelectorConfig(options=options, mode=mode))


def _choice(options: Iterable[str], *, custom: bool = False) -> SelectSelector:
    """Return a choice of words that are the same in every language."""
    return SelectSelector(
        SelectSelectorConfig(
            options=[*options], mode=SelectSelectorMode.DROPDOWN, custom_value=custom
        )
    )


def _text(kind: TextSelectorType) -> TextSelector:
    """Return a field for a line of text, which browsers do not fill in."""
    return TextSelector(TextSelectorConfig(type=kind, autocomplete="off"))


def _headers() -> ObjectSelector:
    """Return the list of further headers; a value that is kept may stay empty."""
    text = {"text": {"autocomplete": "off"}}
    return ObjectSelector(
        ObjectSelectorConfig(
            fields={
                "name": {"required": True, "selector": text},
                "value": {"selector": text},
            },
            multiple=True,
            label_field="name",
            translation_key="headers",
        )
    )
