"""The last step of every new account: when to be warned."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult

from ..forms import alerts_schema, async_balances, suggested_alerts
from ..limits import check
from ..markdown import as_text
from ..purses import by_purse, main_purse
from .base import AccountFlow


class AlertsSteps(AccountFlow):
    """Show what was read, and make an account of it."""

    async def async_step_alerts(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show what was read, and choose when to be warned."""
        options, errors = check(user_input or {}, self._provider)
        if user_input is not None and not errors:
            self._abort_if_same_credentials(self._identity)
            return self.async_create_entry(title=self._title(), data=self._data(), options=options)
        balances = self._account.balances
        main = main_purse(balances)
        asked = by_purse(balances).get(main, [])
        return self.async_show_form(
            step_id="alerts",
            data_schema=self.add_suggested_values_to_schema(
                alerts_schema(asked),
                suggested_alerts(asked) if user_input is None else user_input,
            ),
            errors=errors,
            description_placeholders={
                **self._placeholders(),
                "account": as_text(self._title()),
                **await async_balances(self.hass, balances, main),
            },
            last_step=True,
        )
