"""The step of accounts whose balance is calculated: what is left now."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult

from ..client.reports import Calculated
from ..const import CONF_BALANCE_NOW
from ..forms import balance_now_schema
from ..limits import LEFT, amount_within
from .base import AccountFlow


class BalanceNowSteps(AccountFlow):
    """Take what a person sees on the provider's page, and calculate from there."""

    async def async_step_balance_now(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take what is left now."""
        errors: dict[str, str] = {}
        client = self._client(self._data())
        if user_input is not None and isinstance(client, Calculated):
            left = amount_within(LEFT, user_input[CONF_BALANCE_NOW])
            if left is None:
                errors = {CONF_BALANCE_NOW: "balance_now_limits"}
            elif not (errors := await self._async_read(client.set_balance(left))):
                return await self._async_next("balance_now")
        return self.async_show_form(
            step_id="balance_now",
            data_schema=self.add_suggested_values_to_schema(balance_now_schema(), user_input),
            errors=errors,
            description_placeholders={
                **self._placeholders(),
                "top_up_url": self._provider.top_up_url,
            },
        )
