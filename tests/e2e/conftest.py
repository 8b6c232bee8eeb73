"""A sandbox and a real Home Assistant of each version, which the tests of this folder share."""

from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass, field
from pathlib import Path
import sys
from typing import Final

import pytest
import pytest_asyncio
import pytest_socket

from demo.browser import Page, browse, sign_in
from sandbox.home import ROOT, Home
from sandbox.sandbox import Sandbox

from .browsing import complaints
from .frontend import DOMAIN, Frontend
from .planting import about_the_integration, planted_in

NEWEST: Final = ROOT / ".venv-newest" / "bin" / "python"
VERSIONS: Final = [
    pytest.param(Path(sys.executable), id="tested", marks=pytest.mark.xdist_group("tested")),
    pytest.param(
        NEWEST,
        id="newest",
        marks=[
            pytest.mark.xdist_group("newest"),
            pytest.mark.skipif(not NEWEST.exists(), reason="Not installed"),
        ],
    ),
]
LOG_TAIL: Final = 60
CONFIGURATION: Final = """
pager:
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the kill test run for longer, and all on another copy of the integration."""
    parser.addoption("--kills", type=int, default=12, help="how often to end Home Assistant")
    parser.addoption("--kill-seed", type=int, help="repeat a kill test")
    parser.addoption("--kill-manner", default="", help="only ends whose names have this in them")
    parser.addoption("--source", type=Path, default=ROOT, help="checkout whose integration to test")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the end of Home Assistant's log beside a failure."""
    report = yield
    home = getattr(item, "funcargs", {}).get("home")
    if report.failed and isinstance(home, Home):
        tail = home.log().splitlines()[-LOG_TAIL:]
        report.sections.append((f"End of {home.log_file}", "\n".join(tail)))
    return report


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """Allow sockets: all of these tests stay on loopback."""


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Do without the Home Assistant that other tests run in."""


@pytest.fixture(autouse=True)
def verify_cleanup() -> None:
    """Leave the event loop as it is after a test, for the next one shares it."""


@pytest.fixture(scope="package", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> Path:
    """Return the interpreter of each Home Assistant version in turn."""
    python: Path = request.param
    return python


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Sandbox]:
    """Run a sandbox without accounts, whose time stands still."""
    pytest_socket.enable_socket()
    directory = tmp_path_factory.mktemp("sandbox")
    async with Sandbox(directory, speed=0, accounts=[]) as running:
        yield running


@pytest.fixture(scope="package")
def source(request: pytest.FixtureRequest) -> Path:
    """Return the checkout whose integration is tested."""
    source: Path = request.config.getoption("--source", ROOT).absolute()
    return source


@pytest.fixture(scope="package")
def components(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the integration, and one to be notified by."""
    components = tmp_path_factory.mktemp("custom_components")
    (components / DOMAIN).symlink_to(source / "custom_components" / DOMAIN)
    (components / "pager").symlink_to(Path(__file__).parent / "pager")
    return components


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def home(
    python: Path, sandbox: Sandbox, components: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Home]:
    """Run a Home Assistant; the tests of a version share it."""
    pytest_socket.enable_socket()
    async with Home(
        tmp_path_factory.mktemp("home"),
        sandbox=sandbox.directory,
        python=python,
        custom_components=components,
        configuration=CONFIGURATION,
    ) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="package")
async def frontend(home: Home, sandbox: Sandbox) -> AsyncGenerator[Frontend]:
    """Return a person at the frontend, who tidies up in the end."""
    frontend = Frontend(home)
    yield frontend
    sandbox.clear_faults()
    await frontend.tidy_up()


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser(chromium: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Page]:
    """Run a browser, which knows nothing of any home."""
    pytest_socket.enable_socket()
    async with browse(tmp_path_factory.mktemp("chromium")) as page:
        yield page


@pytest_asyncio.fixture(loop_scope="package")
async def page(browser: Page, home: Home) -> AsyncGenerator[Page]:
    """Return the page of a browser in which somebody has signed in, and hold it to account."""
    await sign_in(home, browser)
    browser.complaints.clear()
    yield browser
    await browser.open("about:blank")
    assert complaints(browser) == []


@dataclass(kw_only=True)
class Log:
    """What Home Assistant writes during one test, also where it is restarted in between."""

    file: Path
    start: int = 0
    expected: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """What was written since the test began."""
        return self.file.read_bytes()[self.start :].decode().splitlines()

    def expect(self, *texts: str) -> None:
        """Accept warnings and errors with one of these texts."""
        self.expected.extend(texts)

    @property
    def unexpected(self) -> list[str]:
        """Warnings and errors about the integration that the test has not announced."""
        return [
            line
            for line in about_the_integration(self.lines)
            if not any(text in line for text in self.expected)
        ]


@pytest.fixture(autouse=True)
def log(request: pytest.FixtureRequest) -> Generator[Log | None]:
    """Hold a test's log to account: no warnings but those announced, and never a key."""
    if "home" not in request.fixturenames:
        yield None
        return
    home: Home = request.getfixturevalue("home")
    log = Log(file=home.console_file, start=home.console_file.stat().st_size)
    yield log
    assert log.unexpected == []
    assert planted_in("\n".join(log.lines)) == []
    assert planted_in(home.log()) == []
