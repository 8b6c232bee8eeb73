"""The steps in which credentials are given, for a new account or for one that is there."""

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult
from homeassistant.helpers.translation import async_get_translations

from ..client.credentials import Credential
from ..const import CONF_ACCOUNT, CONF_PROVIDER, DOMAIN
from ..forms import account_schema, credentials_schema
from ..providers import PROVIDERS
from .base import AccountFlow


class CredentialsSteps(AccountFlow):
    """Take credentials, and choose one of the accounts that they reach."""

    async def async_step_credentials(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take the credentials of a new account and see which accounts they reach."""
        errors: dict[str, str] = {}
        if user_input is not None and not (errors := await self._async_identify(user_input)):
            if len(self._identities) > 1:
                return await self.async_step_account()
            if not (errors := await self._async_choose(self._identities[0])):
                return await self._async_next("credentials")
        asked = self._provider.asked()
        return await self._async_show_credentials("credentials", asked, user_input, errors)

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
                return await self._async_next("credentials")
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

    async def async_step_reauth(self, entry_data: Mapping[str, Any]) -> ConfigFlowResult:
        """Begin with the account whose credentials are refused."""
        self._provider = await PROVIDERS.async_load(self.hass, entry_data[CONF_PROVIDER])
        if not self._provider.asked_again(entry_data):
            return await self._async_next()
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take new credentials for the account."""
        kept = self._entry.data
        asked = self._provider.asked_again(kept)
        return await self._async_step_replace("reauth_confirm", asked, user_input, kept)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take other credentials for the account, at any time, or go through its own steps."""
        key = self._entry.data[CONF_PROVIDER]
        self._provider = await PROVIDERS.async_load(self.hass, key)
        if self._provider.reconfigure_steps:
            return await self._async_next()
        asked = [field for field in self._provider.asked() if not field.stays]
        kept = self._entry.data.keys() - {field.key for field in asked}
        return await self._async_step_replace(
            "reconfigure", asked, user_input, {key: self._entry.data[key] for key in kept}
        )

    async def _async_step_replace(
        self,
        step_id: str,
        asked: Iterable[Credential],
        user_input: dict[str, Any] | None,
        kept: Mapping[str, Any] | None = None,
    ) -> ConfigFlowResult:
        """Replace the credentials of an account by others of the same account."""
        errors: dict[str, str] = {}
        if user_input is not None and not (errors := await self._async_identify(user_input, kept)):
            entry = self._entry
            known = entry.data.get(CONF_ACCOUNT)
            chosen = next(
                (found for found in self._identities if found.id == known), self._identities[0]
            )
            unique_id = self._unique_id(chosen) or entry.unique_id
            # A gateway may have moved to another address, with all its accounts.
            if entry.unique_id not in (None, unique_id) and chosen.id != known:
                return self.async_abort(reason="wrong_account")
            if unique_id != entry.unique_id and unique_id in self._async_current_ids():
                return self._abort_as_configured(unique_id)
            self._abort_if_same_credentials(chosen)
            if not (errors := await self._async_fetch(chosen)):
                return self._async_replace()
        return await self._async_show_credentials(step_id, asked, user_input, errors)

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
        self,
        step_id: str,
        asked: Iterable[Credential],
        user_input: dict[str, Any] | None,
        errors: dict[str, str],
    ) -> ConfigFlowResult:
        """Show the form for the credentials; secrets are never filled in."""
        known = user_input or ({} if self.source == SOURCE_USER else self._entry.data)
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                credentials_schema(asked),
                {field.key: known.get(field.key) for field in asked if not field.secret},
            ),
            errors=errors,
            description_placeholders=self._placeholders() | await self._async_words(),
        )
