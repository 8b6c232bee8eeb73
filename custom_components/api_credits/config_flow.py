"""Config flow: choose a provider, check the credentials, choose the account, set the alerts."""

from collections.abc import Mapping
import logging
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_USER,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    OptionsFlow,
)
from homeassistant.core import callback
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.helpers.translation import async_get_translations

from .client.errors import ProviderError
from .client.provider import Identity, Provider
from .client.transport import async_get_transport
from .const import (
    CONF_ACCOUNT,
    CONF_LOW_BALANCES,
    CONF_PROVIDER,
    CONF_UPDATE_INTERVAL,
    CONF_VARIANT,
    DOMAIN,
)
from .coordinator import ApiCreditsConfigEntry
from .forms import (
    account_schema,
    alerts_schema,
    async_balances,
    credentials_schema,
    options_schema,
    provider_schema,
    suggested_alerts,
)
from .keeper import async_get_keeper
from .limits import check, limits_of, sensible
from .markdown import as_text
from .pages import REQUEST, page_about
from .providers import PROVIDERS
from .purses import by_purse, main_purse
from .readings import Account

_LOGGER = logging.getLogger(__name__)


class ApiCreditsConfigFlow(ConfigFlow, domain=DOMAIN):
    """Add an account, or give one new credentials."""

    _provider: type[Provider]
    _credentials: dict[str, str]
    _identities: list[Identity]
    _identity: Identity
    _account: Account

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
            if key := PROVIDERS.find(user_input[CONF_PROVIDER]):
                self._provider = await PROVIDERS.async_load(self.hass, key)
                return await self.async_step_credentials()
            errors = {"base": "unknown_provider"}
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(provider_schema(), user_input),
            errors=errors,
            description_placeholders={"request_url": REQUEST},
        )

    async def async_step_credentials(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take the credentials of a new account and see which accounts they reach."""
        errors: dict[str, str] = {}
        if user_input is not None and not (errors := await self._async_identify(user_input)):
            if len(self._identities) > 1:
                return await self.async_step_account()
            if not (errors := await self._async_choose(self._identities[0])):
                return await self.async_step_alerts()
        return await self._async_show_credentials("credentials", user_input, errors)

    async def async_step_account(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose one of the accounts that the credentials reach."""
        errors: dict[str, str] = {}
        if user_input is not None:
            chosen = next(
                found for found in self._identities if found.id == user_input[CONF_ACCOUNT]
            )
            if not (errors := await self._async_choose(chosen)):
                return await self.async_step_alerts()
        identities = [
            found
            for found in self._identities
            if self._unique_id(found) not in self._async_current_ids()
        ]
        if not identities:
            return self._abort_as_configured(
                *(self._unique_id(found) for found in self._identities)
            )
        return self.async_show_form(
            step_id="account",
            data_schema=account_schema(identities),
            errors=errors,
            description_placeholders=self._placeholders(),
        )

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

    async def async_step_reauth(self, entry_data: Mapping[str, Any]) -> ConfigFlowResult:
        """Begin with the account whose credentials are refused."""
        self._provider = await PROVIDERS.async_load(self.hass, entry_data[CONF_PROVIDER])
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take new credentials for the account."""
        return await self._async_step_replace("reauth_confirm", user_input)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take other credentials for the account, at any time."""
        key = self._get_reconfigure_entry().data[CONF_PROVIDER]
        self._provider = await PROVIDERS.async_load(self.hass, key)
        return await self._async_step_replace("reconfigure", user_input)

    async def _async_step_replace(
        self, step_id: str, user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        """Replace the credentials of an account by others of the same account."""
        errors: dict[str, str] = {}
        if user_input is not None and not (errors := await self._async_identify(user_input)):
            entry = self._entry
            chosen = next(
                (found for found in self._identities if self._unique_id(found) == entry.unique_id),
                self._identities[0],
            )
            unique_id = self._unique_id(chosen) or entry.unique_id
            if entry.unique_id not in (None, unique_id):
                return self.async_abort(reason="wrong_account")
            if unique_id != entry.unique_id and unique_id in self._async_current_ids():
                return self._abort_as_configured(unique_id)
            self._abort_if_same_credentials(chosen)
            if not (errors := await self._async_fetch(chosen)):
                async_get_keeper(self.hass, entry).paused_until = None
                known = {key: value for key, value in self._data().items() if value is not None}
                return self.async_update_reload_and_abort(
                    entry, unique_id=unique_id, data_updates=known
                )
        return await self._async_show_credentials(step_id, user_input, errors)

    @property
    def _entry(self) -> ApiCreditsConfigEntry:
        """Return the account that new credentials are for."""
        if self.source == SOURCE_REAUTH:
            return self._get_reauth_entry()
        return self._get_reconfigure_entry()

    async def _async_identify(self, user_input: dict[str, Any]) -> dict[str, str]:
        """Find the accounts that the credentials reach; return errors for the form."""
        try:
            self._credentials = self._provider.clean(user_input)
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
        data = {CONF_PROVIDER: self._provider.key} | self._credentials
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
        """Read the account's balances; return errors for the form."""
        self._identity = identity
        try:
            self._account = await self._client(self._data()).fetch()
        except ProviderError as err:
            return {"base": err.key}
        except Exception:
            _LOGGER.exception("Unexpected error reading an account at %s", self._provider.name)
            return {"base": "unknown"}
        return {}

    def _client(self, config: Mapping[str, Any] | None = None) -> Provider:
        """Return the provider as these credentials see it."""
        transport = async_get_transport(self.hass, self._provider.key)
        return self._provider(transport, config or self._credentials)

    def _unique_id(self, identity: Identity) -> str | None:
        """Return what tells this account from every other, if the provider has such a thing."""
        return f"{self._provider.key}_{identity.id}" if identity.id else None

    def _data(self) -> dict[str, Any]:
        """Return what is kept of the account: who, with what, and how."""
        return {
            CONF_PROVIDER: self._provider.key,
            **self._credentials,
            CONF_ACCOUNT: self._identity.id,
            CONF_VARIANT: self._identity.variant,
        }

    def _title(self) -> str:
        """Return a title that no other account has."""
        title = base = (
            f"{self._provider.name} {self._identity.title}"
            if self._identity.title
            else self._provider.name
        )
        taken = {entry.title for entry in self._async_current_entries()}
        number = 2
        while title in taken:
            title = f"{base} {number}"
            number += 1
        return title

    def _placeholders(self) -> dict[str, str]:
        """Return what the texts of the steps need to know of the provider."""
        provider = self._provider
        return {
            "provider": provider.name,
            "keys_url": provider.keys_url,
            "docs_url": page_about(provider),
        }

    async def _async_words(self) -> dict[str, str]:
        """Return what the provider calls its secret, and what that must have, in a sentence.

        The forms cannot choose among texts, so these are in the system's language.
        """
        texts = await async_get_translations(
            self.hass, self.hass.config.language, "selector", {DOMAIN}
        )
        credential = f"component.{DOMAIN}.selector.credential.options"
        rights = ""
        if needed := self._provider.rights:
            sentence = texts[f"component.{DOMAIN}.selector.rights.options.{needed.need}"]
            rights = sentence.format(word=needed.word)
        return {
            "secret": texts[f"{credential}.{self._provider.secret}"],
            "account_id": self._provider.id_word or texts[f"{credential}.account_id"],
            "rights": rights,
        }

    async def _async_show_credentials(
        self, step_id: str, user_input: dict[str, Any] | None, errors: dict[str, str]
    ) -> ConfigFlowResult:
        """Show the form for the credentials; secrets are never filled in."""
        fields = self._provider.asked()
        placeholders = self._placeholders() | await self._async_words()
        known: Mapping[str, Any] = user_input or {}
        if self.source != SOURCE_USER:
            known = user_input or self._entry.data
            placeholders["name"] = as_text(self._entry.title)
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                credentials_schema(fields),
                {field.key: known.get(field.key) for field in fields if not field.secret},
            ),
            errors=errors,
            description_placeholders=placeholders,
        )


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
