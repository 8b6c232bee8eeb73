"""The options of an account: when to be warned, and how often to ask."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, OptionsFlow

from ..const import CONF_LOW_BALANCES, CONF_PROVIDER, CONF_UPDATE_INTERVAL
from ..coordinator import ApiCreditsConfigEntry
from ..forms import async_balances, options_schema
from ..limits import check, limits_of, sensible
from ..markdown import as_text
from ..pages import page_about
from ..providers import PROVIDERS
from ..purses import by_purse


class ApiCreditsOptionsFlow(OptionsFlow):
    """Change when to be warned, and how often to ask."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Choose the options."""
        entry: ApiCreditsConfigEntry = self.config_entry
        provider = await PROVIDERS.async_load(self.hass, entry.data[CONF_PROVIDER])
        entered, errors = check(user_input or {}, provider)
        options: dict[str, Any] = {**entered}
        loaded = entry.state is ConfigEntryState.LOADED
        if user_input is not None and not errors:
            if CONF_LOW_BALANCES in entry.options:
                options[CONF_LOW_BALANCES] = entry.options[CONF_LOW_BALANCES]
            if loaded:
                await entry.runtime_data.async_change_options(options)
            return self.async_create_entry(data=options)
        interval = limits_of(provider)[CONF_UPDATE_INTERVAL]
        state = entry.runtime_data.data if loaded else None
        balances = state.account.balances if state else []
        main = state.main if state else None
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(
                options_schema(provider, by_purse(balances).get(main or "", [])),
                sensible(entry.options, provider) if user_input is None else user_input,
            ),
            errors=errors,
            description_placeholders={
                "provider": provider.name,
                "docs_url": page_about(provider),
                "account": as_text(entry.title),
                "lowest": str(interval.lowest),
                "highest": str(interval.highest),
                **await async_balances(self.hass, balances, main),
            },
        )
