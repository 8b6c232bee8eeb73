"""The last step of every new account: when to be warned."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult

from ..const import CONF_DASHBOARD
from ..dashboard import async_offer_dashboard, can_offer_dashboard
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
            if user_input.get(CONF_DASHBOARD):
                await async_offer_dashboard(self.hass)
            return self.async_create_entry(title=self._title(), data=self._data(), options=options)
        balances = self._account.balances
        main = main_purse(balances)
        asked = by_purse(balances).get(main, [])
        return self.async_show_form(
            step_id="alerts",
            data_schema=self.add_suggested_values_to_schema(
                alerts_schema(asked, dashboard=self._may_ask_for_dashboard),
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

    @property
    def _may_ask_for_dashboard(self) -> bool:
        """Return whether this is the first account, and a dashboard can be offered."""
        return not self._async_current_entries() and can_offer_dashboard(self.hass)
