"""Where the key of an address that a person entered does not go: at set-up, and at a later poll."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

from aiohttp import web
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.api_credits.const import DOMAIN
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant

from .conftest import poll, set_up, state_of
from .test_custom_flow import ADDED
from .world import CERTIFICATES, HOME, KEY, METADATA, OTHER_PUBLIC, PUBLIC, World

PLACES: dict[str, tuple[str, bool]] = {
    "https in the world": ("https://api.example.com/balance", False),
    "https at home": ("https://nas.lan/balance", True),
    "http at home": ("http://nas.lan/balance", True),
}
NEVER = [METADATA, "fe80::1", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "::ffff:169.254.169.254"]


@pytest.fixture
async def world(hass: HomeAssistant, socket_enabled: None) -> AsyncGenerator[World]:
    """Return a world of its own."""
    hass.loop.set_debug(False)
    world = World()
    async with world.running(hass):
        yield world


def account(url: str, *, local: bool, **more: Any) -> MockConfigEntry:
    """Return an account at an address."""
    data = {**ADDED, "url": url, "api_key": KEY, "local": local, **more}
    return MockConfigEntry(domain=DOMAIN, title="Mine", data=data)


async def ask(hass: HomeAssistant, url: str, *, verify_ssl: bool = True) -> ConfigFlowResult:
    """Enter an address, and the key."""
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], {"provider": "custom"})
    request = {
        "name": "Mine",
        "url": url,
        "auth": "bearer",
        "secret": KEY,
        "more": {"verify_ssl": verify_ssl},
    }
    return await hass.config_entries.flow.async_configure(flow["flow_id"], request)


async def assert_refused(
    hass: HomeAssistant, world: World, url: str, error: str, **more: Any
) -> None:
    """Check that an address is refused on the form, without a connection to anywhere."""
    flow = await ask(hass, url, **more)
    assert (flow["step_id"], flow["errors"]) == ("custom", {"base": error})
    assert world.connected == []
    assert not world.asked


# At set-up


@pytest.mark.parametrize("place", PLACES)
async def test_what_is_allowed(hass: HomeAssistant, world: World, place: str) -> None:
    """Secure addresses in the world and at home, and others at home, are asked with the key."""
    url, local = PLACES[place]
    flow = await ask(hass, url)
    assert flow["step_id"] == "custom_balance"
    assert world.connected == [HOME if local else PUBLIC]
    assert world.asked[0].headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("http://api.example.com/", [PUBLIC]),
        (f"http://{PUBLIC}/", []),
        (f"http://[{OTHER_PUBLIC}]/", []),
        ("http://nas.lan/", [PUBLIC]),
        ("http://api.example.com/", [PUBLIC, HOME]),
    ],
)
async def test_http_in_the_world(
    hass: HomeAssistant, world: World, url: str, leads_to: list[str]
) -> None:
    """A key does not travel readable through the internet, whatever a name sounds like."""
    world.names |= {"api.example.com": leads_to, "nas.lan": leads_to}
    await assert_refused(hass, world, url, "http_not_local")


@pytest.mark.parametrize("address", NEVER)
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_addresses_that_are_never_asked(
    hass: HomeAssistant, world: World, scheme: str, address: str
) -> None:
    """Neither as they are nor by a name."""
    written = f"[{address}]" if ":" in address else address
    await assert_refused(hass, world, f"{scheme}://{written}/latest", "address_refused")
    world.names["nas.lan"] = [address]
    await assert_refused(hass, world, f"{scheme}://nas.lan/latest", "address_refused")


async def test_address_in_disguise(hass: HomeAssistant, world: World) -> None:
    """An address that is written as one number is looked up like a name, and is the same."""
    world.names["2852039166"] = [METADATA]
    await assert_refused(hass, world, "http://2852039166/latest", "address_refused")


async def test_name_that_leads_nowhere(hass: HomeAssistant, world: World) -> None:
    """A name that nobody knows is no address."""
    await assert_refused(hass, world, "https://nobody.example/", "cannot_connect")


@pytest.mark.parametrize("address", [HOME, "127.0.0.1", "::1", METADATA])
async def test_name_that_leads_elsewhere_the_second_time(
    hass: HomeAssistant, world: World, address: str
) -> None:
    """There is no gap between the look at a name and the connection."""
    world.names["api.example.com"] = [address]
    world.flips["api.example.com"] = [[PUBLIC]]
    await assert_refused(hass, world, "https://api.example.com/", "address_refused")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location", [f"http://{HOME}/", f"http://{METADATA}/", "https://api.example.com/other", "/"]
)
async def test_redirects(hass: HomeAssistant, world: World, status: int, location: str) -> None:
    """No redirect is followed, wherever it leads, and the form asks for the final address."""
    world.answer = lambda: web.Response(status=status, headers={"Location": location})
    flow = await ask(hass, "https://api.example.com/balance")
    assert flow["errors"] == {"base": "redirected"}
    assert world.connected == [PUBLIC]
    assert len(world.asked) == 1


@pytest.mark.parametrize("certificate", ["untrusted", "of_another"])
@pytest.mark.parametrize("host", ["api.example.com", "nas.lan"])
async def test_certificates(hass: HomeAssistant, world: World, certificate: str, host: str) -> None:
    """A certificate is verified; at home the person may do without that."""
    world.certificate = getattr(CERTIFICATES, certificate)
    flow = await ask(hass, f"https://{host}/balance")
    assert flow["errors"] == {"base": "tls"}
    assert not world.asked
    flow = await ask(hass, f"https://{host}/balance", verify_ssl=False)
    if host == "nas.lan":
        assert flow["step_id"] == "custom_balance"
    else:
        assert flow["errors"] == {"base": "unverified_not_local"}
        assert not world.asked


# At a later poll


@pytest.fixture(params=PLACES)
async def entry(
    request: pytest.FixtureRequest, hass: HomeAssistant, world: World
) -> MockConfigEntry:
    """Return an account at each place, which has been read."""
    url, local = PLACES[request.param]
    entry = await set_up(hass, account(url, local=local))
    assert state_of(hass, "sensor.mine_balance") == "12.50"
    world.connected.clear()
    world.asked.clear()
    return entry


async def assert_unread(hass: HomeAssistant, entry: MockConfigEntry, error: str) -> None:
    """Check that a poll fails with an error."""
    await poll(hass, entry)
    assert state_of(hass, "sensor.mine_balance") == "unavailable"
    assert entry.runtime_data.last_exception.translation_key == error


async def assert_back(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Check that the next poll works."""
    await poll(hass, entry)
    assert state_of(hass, "sensor.mine_balance") == "12.50"


@pytest.mark.parametrize("address", ["the other part", *NEVER])
async def test_rebinding(
    hass: HomeAssistant, world: World, entry: MockConfigEntry, address: str
) -> None:
    """A name that comes to lead elsewhere is not asked, until it leads back."""
    before = {name: [*found] for name, found in world.names.items()}
    if address == "the other part":
        world.names = {"api.example.com": [HOME], "nas.lan": [PUBLIC]}
    else:
        world.names = {name: [address] for name in world.names}
    await assert_unread(hass, entry, "address_refused")
    assert not world.connected
    assert not world.asked
    world.names = before
    await assert_back(hass, entry)


async def test_rebinding_beside_the_right_address(
    hass: HomeAssistant, world: World, entry: MockConfigEntry
) -> None:
    """Of several addresses, only those are asked that were meant."""
    world.names = {name: [METADATA, HOME, PUBLIC] for name in world.names}
    await assert_back(hass, entry)
    assert world.connected == [HOME if entry.data["local"] else PUBLIC]


async def test_rebinding_before_a_start(
    hass: HomeAssistant, world: World, entry: MockConfigEntry
) -> None:
    """What an address was entered as outlives a restart, and a new key."""
    world.names = {"api.example.com": [HOME], "nas.lan": [PUBLIC]}
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, "sensor.mine_balance") == "unavailable"
    flow = await entry.start_reauth_flow(hass)
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], {"api_key": "another"})
    assert flow["errors"] == {"base": "address_refused"}
    assert not world.connected


async def test_redirect_at_a_poll(
    hass: HomeAssistant, world: World, entry: MockConfigEntry
) -> None:
    """A service that begins to send elsewhere is not followed."""
    good = world.answer
    world.answer = lambda: web.Response(status=307, headers={"Location": f"http://{METADATA}/"})
    await assert_unread(hass, entry, "redirected")
    assert METADATA not in world.connected
    world.answer = good
    await assert_back(hass, entry)


@pytest.mark.parametrize("certificate", ["untrusted", "of_another"])
async def test_certificate_at_a_poll(hass: HomeAssistant, world: World, certificate: str) -> None:
    """A service that comes to prove itself with another's certificate is not given the key."""
    entry = await set_up(hass, account("https://api.example.com/balance", local=False))
    world.asked.clear()
    world.certificate = getattr(CERTIFICATES, certificate)
    await assert_unread(hass, entry, "tls")
    assert not world.asked
    world.certificate = CERTIFICATES.good
    await assert_back(hass, entry)


async def test_certificate_of_ones_own(hass: HomeAssistant, world: World) -> None:
    """At home, the person may have said that any certificate will do; never in the world."""
    world.certificate = CERTIFICATES.untrusted
    url = "https://nas.lan/balance"
    entry = await set_up(hass, account(url, local=True, verify_ssl=False))
    assert state_of(hass, "sensor.mine_balance") == "12.50"
    world.names["nas.lan"] = [PUBLIC]
    world.connected.clear()
    await assert_unread(hass, entry, "address_refused")
    assert not world.connected


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "empty"),
        (b"<html>", "not_json"),
        (b"[" * 200 + b"]" * 200, "too_deep"),
        (b" " * (1024 * 1024 + 1), "too_large"),
        (b'{"points": 1}', "unexpected_response"),
    ],
)
async def test_answers_at_a_poll(
    hass: HomeAssistant, world: World, body: bytes, error: str
) -> None:
    """What is wrong with an answer is said in its own words at a poll, too."""
    entry = await set_up(hass, account("https://api.example.com/balance", local=False))
    good: Callable[[], web.Response] = world.answer
    world.answer = lambda: web.Response(body=body)
    await assert_unread(hass, entry, error)
    world.answer = good
    await assert_back(hass, entry)
