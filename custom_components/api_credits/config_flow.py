"""Config flow: choose a provider, go through its steps, set the alerts."""

from typing import Any, override

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.core import callback

from .const import CONF_PROVIDER, DOMAIN
from .coordinator import ApiCreditsConfigEntry
from .flow.alerts import AlertsSteps
from .flow.balance_now import BalanceNowSteps
from .flow.credentials import CredentialsSteps
from .flow.custom import CustomSteps
from .flow.options import ApiCreditsOptionsFlow
from .forms import provider_schema
from .pages import REQUEST
from .providers import PROVIDERS


class ApiCreditsConfigFlow(
    CredentialsSteps, BalanceNowSteps, CustomSteps, AlertsSteps, domain=DOMAIN
):
    """Add an account, or give one new credentials."""

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ApiCreditsConfigEntry) -> OptionsFlow:
        """Return the flow that changes an account's options."""
        return ApiCreditsOptionsFlow()

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Choose the provider: by its name or its key, in whatever case."""
        errors: dict[str, str] = {}
        if user_input is not None:
            wanted = user_input.get(CONF_PROVIDER, "").strip()
            if key := PROVIDERS.find(wanted):
                self._provider = await PROVIDERS.async_load(self.hass, key)
                return await self._async_next()
            errors = {"base": "unknown_provider"} if wanted else {"base": "no_provider"}
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(provider_schema(), user_input),
            errors=errors,
            description_placeholders={"request_url": REQUEST},
        )
