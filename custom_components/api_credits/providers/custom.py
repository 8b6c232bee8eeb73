"""Another service: any API that answers with JSON, as a person describes it.

Source: the person, who enters the address and the key, and picks the balance among the numbers of
the answer.
"""

from collections.abc import Iterator, Mapping
import json
from typing import Any, ClassVar, override

from yarl import URL

from homeassistant.core import HomeAssistant

from ..client.credentials import API_KEY, Auth, Config, Credential
from ..client.declared import Identity
from ..client.entered import Kind, auth_of, likely_secrets
from ..client.hosted import Hosted
from ..client.numbers import Survey, survey
from ..client.outgoing import outward
from ..client.picked import read_picked
from ..client.transport import Transport
from ..const import CONF_LOCAL, CONF_URL
from ..readings import Reading

PASSWORD = Credential(key="password")
"""A secret that may have spaces in it."""


class Custom(Hosted):
    """An account at a service that nobody has described but the person."""

    key = "custom"
    name = "Another service"
    website = keys_url = top_up_url = docs_url = (
        "https://github.com/api-credits/api-credits/blob/main/docs/another-service.md"
    )

    steps: ClassVar[tuple[str, ...]] = ("custom", "custom_balance", "custom_confirm")
    reconfigure_steps: ClassVar[tuple[str, ...]] = steps
    credentials: ClassVar[tuple[Credential, ...]] = (API_KEY,)
    alike: ClassVar[tuple[str, ...] | None] = (
        CONF_URL,
        "auth_name",
        API_KEY.key,
        "body",
        "headers",
    )

    def __init__(self, transport: Transport, config: Config) -> None:
        """Go by the name of the host."""
        super().__init__(transport, config)
        self.name = self.host

    @classmethod
    @override
    def asked_again(cls, kept: Config, /) -> tuple[Credential, ...]:
        """Return the secret, if there is one by itself."""
        return () if Kind(kept["auth"]) is Kind.NONE else cls.credentials

    @classmethod
    @override
    async def prepare(
        cls, hass: HomeAssistant, credentials: Mapping[str, Any], kept: Config | None = None, /
    ) -> dict[str, Any]:
        """Return a sound request with a clean secret, and whether its address is at home."""
        request = cls._with_clean_secret({**(kept or {}), **credentials})
        if kept and CONF_URL not in credentials:
            return request
        return request | {CONF_LOCAL: await cls._is_local(hass, request)}

    @classmethod
    def _with_clean_secret(cls, request: dict[str, Any]) -> dict[str, Any]:
        """Return a request whose secret can be one. Raises InvalidCredentialsError."""
        field = PASSWORD if request["auth"] == Kind.BASIC else API_KEY
        secret = request[API_KEY.key]
        return request | {API_KEY.key: secret and cls._cleaned(field, secret)}

    @property
    @override
    def secrets(self) -> list[str]:
        """Return what must never be seen: the secret, and what elsewhere looks like one."""
        url = URL(self.config[CONF_URL], encoded=True)
        elsewhere = (url.path_qs, self.config["body"], *self.config["headers"].values())
        return [self.config[API_KEY.key], *likely_secrets(*elsewhere)]

    @property
    def carrier(self) -> Auth:
        """Return how the secret goes along."""
        config = self.config
        return auth_of(Kind(config["auth"]), config["auth_name"], config["prefix"])

    @property
    @override
    def headers(self) -> dict[str, str]:
        """Return the headers that a person entered, and that of the secret."""
        entered: dict[str, str] = self.config["headers"]
        return {"Accept": "application/json", **entered, **self.carrier.headers(self.config)}

    @override
    def describe(self) -> dict[str, Any]:
        """Return of what kind the request is, and how long the paths are."""
        fields = self.config["fields"].items()
        return super().describe() | {
            "method": self.config["method"],
            "auth": self.config["auth"],
            "headers": len(self.config["headers"]),
            "steps": {key: len(field["path"]) for key, field in fields},
        }

    @override
    def title(self, identity: Identity) -> str:
        """Return what the person calls the account."""
        return identity.title or self.host

    @outward
    async def survey(self) -> Survey:
        """Return what the answer holds."""
        return survey(self.parse(await self._balance()), self.secrets)

    @override
    async def _balance(self) -> bytes:
        """Return the answer of the very address that was entered, unread."""
        content: dict[str, Any] = {}
        if params := self.carrier.params(self.config):
            content["params"] = params
        if self.config["body"]:
            content["json"] = json.loads(self.config["body"])
        response = await self._transport.request(
            self.config["method"], self.region.base, headers=self.headers, **content
        )
        if not 200 <= response.status < 300:
            raise self.refusal(response)
        return response.body

    @override
    def _opened(self, body: bytes) -> Any:
        """Return the value of an answer, which may be a number alone."""
        return self.parse(body)

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        """Yield what the person picked."""
        return read_picked(body, self.config["fields"])
