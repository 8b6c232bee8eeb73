"""The steps for another service: ask it, and pick the balance among the numbers it answers."""

from collections.abc import Mapping
import logging
from typing import Any

from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult
from homeassistant.data_entry_flow import AbortFlow

from ..client.declared import Identity
from ..client.entered import WrongError, clean_request, clean_title
from ..client.errors import ProviderError
from ..client.numbers import Survey
from ..client.picked import ERROR, MORE, clean_divisor, clean_unit
from ..providers.custom import Custom
from ..readings import BALANCE, format_amount
from .base import AccountFlow
from .custom_forms import (
    MORE_SECTION,
    balance_schema,
    given_request,
    readings_schema,
    request_schema,
    suggested_balance,
    suggested_readings,
    suggested_request,
)

_LOGGER = logging.getLogger(__name__)


class CustomSteps(AccountFlow):
    """Ask a service that nobody has described, and read what the person picks."""

    _request: dict[str, Any]
    """What was last entered, or is kept of the account; none of it is shown that may be secret."""
    _name: str | None = None
    _survey: Survey

    async def async_step_custom(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Take where the service is and how it is asked, and ask it."""
        is_new = self.source == SOURCE_USER
        errors: dict[str, str] = {}
        if user_input is None:
            self._request = {} if is_new else {**self._entry.data}
            known = self._request
        else:
            given = given_request(user_input)
            if not (errors := await self._async_survey(given, is_new=is_new)):
                return await self._async_next("custom")
            known = {
                **self._request,
                **given,
                "url": given["url"] or self._request.get("url", ""),
                "headers": [header.get("name", "") for header in given["headers"]],
            }
        return self.async_show_form(
            step_id="custom",
            data_schema=self.add_suggested_values_to_schema(
                request_schema(is_new=is_new, is_known="url" in self._request),
                suggested_request(known),
            ),
            errors=errors,
        )

    async def async_step_custom_balance(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show the numbers that the answer holds, and take the one that is the balance."""
        before = self._request.get("fields", {})
        errors: dict[str, str] = {}
        if user_input is not None:
            given = {"used": None, **user_input, **user_input[MORE_SECTION]}
            try:
                balance = {
                    "path": self._path(given["balance"]),
                    "minus": given["used"] and self._path(given["used"]),
                    "divisor": clean_divisor(given["divisor"]),
                    "negative": given["sign"],
                    "unit": clean_unit(given["unit"]),
                }
            except WrongError as err:
                errors = {"base": err.wrong}
            else:
                errors = await self._async_pick(self._still(before) | {"balance": balance})
            if not errors:
                return await self._async_next("custom_balance")
        return self.async_show_form(
            step_id="custom_balance",
            data_schema=self.add_suggested_values_to_schema(
                balance_schema(self._survey), user_input or suggested_balance(self._survey, before)
            ),
            errors=errors,
        )

    async def async_step_custom_confirm(
        self, _user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show what was made of the answer, and ask whether that is right."""
        balance = self._account.readings[BALANCE.key]
        return self.async_show_menu(
            step_id="custom_confirm",
            menu_options=["custom_done", "custom_balance", "custom_readings"],
            description_placeholders={"balances": format_amount(balance.amount, balance.unit)},
        )

    async def async_step_custom_done(
        self, _user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Go on: it is right."""
        return await self._async_next("custom_confirm")

    async def async_step_custom_readings(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take what else is to be read of the answer, and what in it says an error."""
        fields = self._request["fields"]
        errors: dict[str, str] = {}
        if user_input is not None:
            picked: dict[str, Any] = {
                key: {"path": self._path(user_input[key])} for key in MORE if user_input.get(key)
            }
            if sign := user_input.get("error_field"):
                path, now = self._survey.signs[int(sign) - 1]
                picked[ERROR] = {"path": [*path], "value": now}
            errors = await self._async_pick({"balance": fields["balance"], **picked})
            if not errors:
                return await self.async_step_custom_confirm()
        return self.async_show_form(
            step_id="custom_readings",
            data_schema=self.add_suggested_values_to_schema(
                readings_schema(self._survey),
                user_input or suggested_readings(self._survey, fields),
            ),
            errors=errors,
        )

    async def _async_survey(self, given: Mapping[str, Any], *, is_new: bool) -> dict[str, str]:
        """Ask the service, and find the numbers in its answer; return errors for the form."""
        try:
            if is_new:
                self._name = clean_title(given["name"])
            request = clean_request(given, self._request)
            self._request |= request
            self._credentials = await Custom.prepare(self.hass, request)
            self._abort_if_same_credentials(Identity())
            self._survey = await Custom.connect(self.hass, self._credentials).survey()
        except AbortFlow:
            raise
        except ProviderError as err:
            return {"base": err.key}
        except WrongError as err:
            return {"base": err.wrong}
        except Exception:
            _LOGGER.exception("Unexpected error asking a service")
            return {"base": "unknown"}
        return {}

    async def _async_pick(self, fields: dict[str, Any]) -> dict[str, str]:
        """Read the account as it was picked; return errors for the form."""
        self._request["fields"] = self._credentials["fields"] = fields
        return await self._async_fetch(Identity(title=self._name))

    def _path(self, chosen: str) -> list[Any]:
        """Return where a number stands that was chosen."""
        return [*self._survey.numbers[int(chosen) - 1].path]

    def _still(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return what else was picked before, as far as the answer has it still."""
        there = suggested_readings(self._survey, fields)
        return {
            key: field
            for key, field in fields.items()
            if there.get("error_field" if key == ERROR else key)
        }
