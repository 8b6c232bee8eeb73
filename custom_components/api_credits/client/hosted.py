"""Services whose address a person enters."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self, override

from yarl import URL

from homeassistant.core import HomeAssistant

from ..const import CONF_BALANCE_OF, CONF_LOCAL, CONF_URL, CONF_VERIFY_SSL
from .address import Reach, reach_of
from .credentials import ADDRESS, API_KEY, VERIFY_SSL, Config, Credential, Region
from .declared import Identity, Way
from .errors import NotFoundError, PageNotFoundError, ProviderError
from .fields import parse_unknown
from .provider import Provider
from .transport import Response, Transport, async_find_addresses, async_get_transport

# What the class says of addresses, before there is an account.
NOWHERE: Final = URL("https://localhost")


class Hosted(Provider):
    """A service at an address that a person enters, below which its paths are.

    Whether that is at home is found out when it is entered, and from then on has to stay so.
    """

    base = NOWHERE
    credentials: ClassVar[tuple[Credential, ...]] = (ADDRESS, API_KEY, VERIFY_SSL)
    pasted_path: ClassVar[str] = ""
    """What people paste along with the address, and what is not part of it."""
    subjects: ClassVar[Mapping[str, Way]] = {}
    """By the choice that a person makes, whose balance is read, and how."""

    def __init__(self, transport: Transport, config: Config) -> None:
        """Take the address's own page for the service's."""
        super().__init__(transport, config)
        self.top_up_url = self.keys_url = str(self.region.base.origin())

    @classmethod
    @override
    async def prepare(
        cls, hass: HomeAssistant, credentials: Mapping[str, Any], kept: Config | None = None, /
    ) -> dict[str, Any]:
        """Return clean credentials, and whether the address is at home.

        An address that is not entered again does not come to be of the other kind.
        """
        cleaned = await super().prepare(hass, credentials, kept)
        if kept and CONF_URL not in credentials:
            return cleaned | {CONF_LOCAL: kept[CONF_LOCAL]}
        return cleaned | {CONF_LOCAL: await cls._is_local(hass, cleaned)}

    @staticmethod
    async def _is_local(hass: HomeAssistant, config: Config) -> bool:
        """Return whether an address is at home. Raises ProviderError for one that is not asked."""
        url = URL(config[CONF_URL])
        addresses = await async_find_addresses(hass, url.raw_host or "")
        return reach_of(url, addresses, verify_ssl=config[CONF_VERIFY_SSL]).is_local

    @classmethod
    @override
    def clean(cls, credentials: Mapping[str, Any]) -> dict[str, Any]:
        """Return credentials without what came along when they were pasted."""
        cleaned = super().clean(credentials)
        if CONF_URL in cleaned and cls.pasted_path:
            cleaned[CONF_URL] = cleaned[CONF_URL].rstrip("/").removesuffix(cls.pasted_path)
        return cleaned

    @classmethod
    @override
    def asked_again(cls, _kept: Config, /) -> tuple[Credential, ...]:
        """Return the secrets: a person who is asked for a new key leaves the address alone."""
        return tuple(field for field in cls.asked() if field.secret)

    @classmethod
    @override
    def connect(cls, hass: HomeAssistant, config: Config) -> Self:
        """Return the service as these credentials see it; one host has one line."""
        reach = Reach(is_local=config[CONF_LOCAL], verify_ssl=config[CONF_VERIFY_SSL])
        host = URL(config[CONF_URL]).origin().host_subcomponent or ""
        return cls(async_get_transport(hass, f"//{host}", reach), config)

    @override
    def unique_id(self, identity: Identity) -> str | None:
        """Return what tells an account from every other: what it is called, and where."""
        if not identity.id:
            return None
        return f"{self.key}_{self.region.base.host_port_subcomponent}_{identity.id}"

    @property
    @override
    def way(self) -> Way:
        """Return how the balance is read that a person has chosen."""
        return self.subjects.get(self.config.get(CONF_BALANCE_OF, "")) or super().way

    @property
    def host(self) -> str:
        """Return the host, as a person knows it."""
        return self.region.base.host or ""

    @property
    @override
    def private(self) -> tuple[str, ...]:
        """Return the host, in the ways in which it is written."""
        base = self.region.base
        return tuple(filter(None, (base.host, base.raw_host)))

    @override
    def describe(self) -> dict[str, Any]:
        """Return of what kind the address is."""
        chosen = self.config.get(CONF_BALANCE_OF)
        return {
            **({CONF_BALANCE_OF: chosen} if chosen else {}),
            "scheme": self.region.base.scheme,
            CONF_LOCAL: self.config[CONF_LOCAL],
            CONF_VERIFY_SSL: self.config[CONF_VERIFY_SSL],
        }

    @property
    @override
    def region(self) -> Region:
        """Return where the service is."""
        return Region(base=URL(self.config[CONF_URL], encoded=True))

    @override
    def parse(self, body: bytes) -> Any:
        """Return the value of an answer, and say what is wrong with one that is none."""
        return parse_unknown(body)

    @override
    def refusal(self, response: Response) -> ProviderError:
        """Return what an answer other than 200 means: the address may be wrong, too."""
        found = super().refusal(response)
        return PageNotFoundError(404) if isinstance(found, NotFoundError) else found
