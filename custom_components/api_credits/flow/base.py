"""What all steps of the config flow share: what was given, found and read, and how they go on."""

from collections.abc import Awaitable, Mapping
import logging
from typing import Any

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_USER,
    ConfigFlow,
    ConfigFlowResult,
)
from homeassistant.data_entry_flow import AbortFlow

from ..client.declared import Identity
from ..client.errors import ProviderError
from ..client.provider import Provider
from ..const import CONF_ACCOUNT, CONF_NOTES, CONF_PROVIDER, CONF_VARIANT
from ..coordinator import ApiCreditsConfigEntry
from ..keeper import async_get_keeper
from ..markdown import as_text
from ..pages import page_about
from ..readings import Account

_LOGGER = logging.getLogger(__name__)

LAST_STEP = "alerts"
"""What every new account is asked at last."""


class AccountFlow(ConfigFlow):
    """A way from the choice of a provider to an account, by the steps that it describes."""

    _provider: type[Provider]
    _credentials: dict[str, Any]
    _identities: list[Identity]
    _identity: Identity
    _account: Account
    _notes: Mapping[str, Any] | None = None

    async def _async_next(self, done: str | None = None) -> ConfigFlowResult:
        """Go on with the step after one that is done, the first if none is."""
        steps = self._provider.reconfigure_steps
        if self.source == SOURCE_USER:
            steps = (*self._provider.steps, LAST_STEP)
        following = steps[steps.index(done) + 1 :] if done else steps
        if not following:
            return self._async_replace()
        step: ConfigFlowResult = await getattr(self, f"async_step_{following[0]}")()
        return step

    @property
    def _entry(self) -> ApiCreditsConfigEntry:
        """Return the account that new credentials are for."""
        if self.source == SOURCE_REAUTH:
            return self._get_reauth_entry()
        return self._get_reconfigure_entry()

    async def _async_identify(
        self, user_input: dict[str, Any], kept: Mapping[str, Any] | None = None
    ) -> dict[str, str]:
        """Find the accounts that the credentials reach; return errors for the form."""
        try:
            self._credentials = await self._provider.prepare(self.hass, user_input, kept)
            self._identities = await self._client().identify()
        except ProviderError as err:
            return {"base": err.key}
        except Exception:
            _LOGGER.exception("Unexpected error identifying an account at %s", self._provider.name)
            return {"base": "unknown"}
        return {}

    async def _async_choose(self, identity: Identity) -> dict[str, str]:
        """Settle on an account that is not there yet; return errors for the form."""
        entry = await self.async_set_unique_id(self._unique_id(identity))
        self._abort_if_unique_id_configured(
            description_placeholders={"accounts": as_text(entry.title) if entry else ""}
        )
        self._abort_if_same_credentials(identity)
        return await self._async_fetch(identity)

    def _abort_if_same_credentials(self, identity: Identity) -> None:
        """Refuse the same credentials twice where nothing else tells accounts apart."""
        if identity.id:
            return
        alike = self._provider.alike or self._credentials
        data = {CONF_PROVIDER: self._provider.key} | {key: self._credentials[key] for key in alike}
        for entry in self._async_current_entries():
            if (
                entry.entry_id != self.context.get("entry_id")
                and data.items() <= entry.data.items()
            ):
                raise AbortFlow("already_configured", {"accounts": as_text(entry.title)})

    def _abort_as_configured(self, *unique_ids: str | None) -> ConfigFlowResult:
        """End, and name the accounts that are there already."""
        titles = [
            entry.title for entry in self._async_current_entries() if entry.unique_id in unique_ids
        ]
        return self.async_abort(
            reason="already_configured",
            description_placeholders={"accounts": as_text(", ".join(titles))},
        )

    async def _async_fetch(self, identity: Identity) -> dict[str, str]:
        """Settle on an account and read its balances; return errors for the form."""
        self._identity = identity
        return await self._async_read(self._client(self._data()).fetch())

    async def _async_read(self, reading: Awaitable[Account]) -> dict[str, str]:
        """Read the account's balances; return errors for the form."""
        try:
            self._account = await reading
            self._notes = self._account.notes
        except ProviderError as err:
            return {"base": err.key}
        except Exception:
            _LOGGER.exception("Unexpected error reading an account at %s", self._provider.name)
            return {"base": "unknown"}
        return {}

    def _async_replace(self) -> ConfigFlowResult:
        """Keep what was entered anew for the account, and end."""
        entry = self._entry
        async_get_keeper(self.hass, entry).paused_until = None
        known = {key: value for key, value in self._data().items() if value is not None}
        return self.async_update_reload_and_abort(
            entry,
            unique_id=self._unique_id(self._identity) or entry.unique_id,
            data_updates=known,
        )

    def _client(self, config: Mapping[str, Any] | None = None) -> Provider:
        """Return the provider as these credentials see it."""
        return self._provider.connect(self.hass, config or self._credentials)

    def _unique_id(self, identity: Identity) -> str | None:
        """Return what tells this account from every other, if the provider has such a thing."""
        return self._client().unique_id(identity)

    def _data(self) -> dict[str, Any]:
        """Return what is kept of the account: who, with what, and how."""
        return {
            CONF_PROVIDER: self._provider.key,
            **self._credentials,
            CONF_ACCOUNT: self._identity.id,
            CONF_VARIANT: self._identity.variant,
            **({CONF_NOTES: self._notes} if self._notes else {}),
        }

    def _title(self) -> str:
        """Return a title that no other account has."""
        title = base = self._client(self._data()).title(self._identity)
        taken = {entry.title for entry in self._async_current_entries()}
        number = 2
        while title in taken:
            title = f"{base} {number}"
            number += 1
        return title

    def _placeholders(self) -> dict[str, str]:
        """Return what the texts of the steps need to know of the provider."""
        provider: Provider | type[Provider] = self._provider
        about = {"docs_url": page_about(provider)}
        if self.source != SOURCE_USER:
            provider = self._client(self._entry.data)
            about["name"] = as_text(self._entry.title)
        return about | {"provider": as_text(provider.name), "keys_url": provider.keys_url}
