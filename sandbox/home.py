"""A real Home Assistant in a process of its own, looked after from outside through its HTTP API."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
import json
import os
from pathlib import Path
import signal
import socket
import sys
from typing import Any, Final, Self

import aiohttp

from .launch import STAY_DOWN_FILE
from .websocket import CommandError, WebSocket

ROOT = Path(__file__).resolve().parent.parent
USERNAME = PASSWORD = "demo"

_LANGUAGE = "en"
# After which nothing more is to be expected, on any machine: Home Assistant itself gives what it
# starts and what it stops several minutes.
_START_TIMEOUT = 900
_STOP_TIMEOUT = 600
_TOKEN_DAYS = 365

# Naming the place and the currency keeps Home Assistant from asking for them, no second factor from
# fetching the packages for one.
_CONFIGURATION = """\
homeassistant:
  name: API Credits sandbox
  latitude: 51.48
  longitude: 0
  elevation: 10
  unit_system: metric
  currency: EUR
  country: GB
  time_zone: UTC
  auth_mfa_modules: []
frontend:
history:
logbook:
recorder:
  commit_interval: 1
system_health:
automation: !include automations.yaml
script: !include scripts.yaml
logger:
  default: info
  logs:
    aiohttp_fast_zlib: error
    custom_components: debug
"""


class HomeError(Exception):
    """Home Assistant did not do as it was told."""


class SignedOutError(HomeError):
    """Somebody has revoked the token that Home Assistant knew us by."""


NO_ANSWER: Final = (HomeError, CommandError, aiohttp.ClientError, OSError)
"""What is raised by asking a Home Assistant that is not there, or ends meanwhile."""


class Home:
    """Owns a configuration directory and the Home Assistant process that runs on it."""

    def __init__(
        self,
        directory: Path,
        *,
        sandbox: Path,
        python: Path = Path(sys.executable),
        custom_components: Path | None = ROOT / "custom_components",
        configuration: str = "",
        wanted: Iterable[str] = (),
        port: int | None = None,
    ) -> None:
        """Prepare a home in this directory; `configuration` is added to the YAML it starts with.

        `wanted` are those of the integrations set up by default that are left out otherwise.
        """
        self.directory = directory
        self.port = port or _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_file = directory / "home-assistant.log"
        self.console_file = directory / "console.log"
        self.token: str | None = None
        self._sandbox = sandbox
        self._python = python
        self._custom_components = custom_components
        self._configuration = _CONFIGURATION + configuration
        self._wanted = tuple(wanted)
        self._token_file = directory / "access_token"
        self._process: asyncio.subprocess.Process | None = None
        self._session: aiohttp.ClientSession | None = None
        self._websocket: WebSocket | None = None

    async def __aenter__(self) -> Self:
        """Start."""
        try:
            await self.start()
        except BaseException:
            await self.kill()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self.stop()

    @property
    def running(self) -> bool:
        """Tell whether the process lives."""
        return self._process is not None and self._process.returncode is None

    @property
    def connected(self) -> bool:
        """Tell whether the WebSocket connection stands, which ends with Home Assistant."""
        return self._websocket is not None and not self._websocket.closed

    def log(self) -> str:
        """Return what Home Assistant has written to its log since it was last started."""
        return self.log_file.read_text() if self.log_file.exists() else ""

    async def start(self) -> None:
        """Start Home Assistant, and return once it has finished starting and has an owner."""
        # Not in a thread, which would go on to write after an interruption.
        self._prepare()
        self._session = aiohttp.ClientSession()
        with self.console_file.open("ab") as console:
            # In a session of its own it gets no Ctrl-C: that is the parent's, which then stops it.
            starting = asyncio.ensure_future(
                asyncio.create_subprocess_exec(
                    self._python,
                    *("-m", "sandbox.launch", "--sandbox", self._sandbox.absolute()),
                    *("--parent", str(os.getpid())),
                    *("--stay-down", self.directory.absolute() / STAY_DOWN_FILE),
                    *(f"--with={domain}" for domain in self._wanted),
                    *("--", "--config", self.directory.absolute(), "--log-no-color"),
                    cwd=ROOT,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=console,
                    stderr=console,
                    start_new_session=True,
                )
            )
            try:
                self._process = await asyncio.shield(starting)
            except asyncio.CancelledError:
                # Told to end meanwhile: who cleans up has to know of the process.
                self._process = await starting
                raise
        try:
            async with asyncio.timeout(_START_TIMEOUT):
                await self._until(self._answers)
                await self.sign_in()
                await self._until(self._has_started)
        except TimeoutError as err:
            raise HomeError(f"Home Assistant did not start in time:\n{self._tail()}") from err

    async def stop(self) -> None:
        """Ask the process to end, and end it if it does not."""
        await self._disconnect()
        if self._process is not None and self.running:
            # A signal that comes while Home Assistant restarts goes unheard, so its launcher reads.
            (self.directory / STAY_DOWN_FILE).touch()
            self._process.send_signal(signal.SIGTERM)
            with suppress(TimeoutError):
                async with asyncio.timeout(_STOP_TIMEOUT):
                    await self._process.wait()
        await self.kill()

    async def kill(self) -> None:
        """End the process at once, as a power cut would."""
        if self._process is not None and self.running:
            self._process.kill()
            await self._process.wait()
        await self._disconnect()

    async def restart(self) -> None:
        """Stop and start again, with everything kept that Home Assistant itself keeps."""
        await self.stop()
        await self.start()

    async def get(self, path: str) -> Any:
        """Send a GET request, such as to `/api/states`, and return the answer."""
        return await self._request("GET", path)

    async def post(self, path: str, data: Any = None) -> Any:
        """Send a POST request and return the answer."""
        return await self._request("POST", path, json=data)

    async def delete(self, path: str) -> Any:
        """Send a DELETE request and return the answer."""
        return await self._request("DELETE", path)

    async def ws(self, type_: str, **data: Any) -> Any:
        """Send a WebSocket command and return its result."""
        return await (await self._connection()).command(type_, **data)

    @asynccontextmanager
    async def subscribe(self, type_: str, **data: Any) -> AsyncGenerator[asyncio.Queue[Any]]:
        """Send a WebSocket command that subscribes, and collect its events until the block ends."""
        async with (await self._connection()).subscribe(type_, **data) as events:
            yield events

    def _prepare(self) -> None:
        """Write the configuration, and remove what an earlier run has logged."""
        storage = self.directory / ".storage"
        storage.mkdir(parents=True, exist_ok=True)
        (self.directory / "configuration.yaml").write_text(self._configuration)
        for name in ("automations.yaml", "scripts.yaml"):
            (self.directory / name).touch()
        components = self.directory / "custom_components"
        if self._custom_components and not components.exists():
            components.symlink_to(self._custom_components.absolute(), target_is_directory=True)
        # In YAML, the address would be a mere trial that Home Assistant ends after five minutes.
        http = {"server_host": ["127.0.0.1"], "server_port": self.port}
        _store(storage / "http", version=1, data=http)
        # The step for place and currency is the one that also sets up services on the internet.
        if not (storage / "onboarding").exists():
            _store(storage / "onboarding", version=4, data={"done": ["core_config"]})
        (self.directory / STAY_DOWN_FILE).unlink(missing_ok=True)
        self.log_file.unlink(missing_ok=True)

    async def _until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        """Wait for something to become true while the process lives."""
        while not await condition():
            if not self.running:
                raise HomeError(f"Home Assistant has ended:\n{self._tail()}")
            await asyncio.sleep(0.1)

    async def _answers(self) -> bool:
        with suppress(aiohttp.ClientError, HomeError):
            await self.get("/manifest.json")
            return True
        return False

    async def _has_started(self) -> bool:
        with suppress(aiohttp.ClientError):
            return bool((await self.get("/api/config"))["state"] == "RUNNING")
        return False

    async def sign_in(self) -> None:
        """Use the token of an earlier run, or get one as the owner, which one may first become."""
        if self._token_file.exists():
            self.token = self._token_file.read_text()
            with suppress(SignedOutError):
                await self.get("/api/")
                return
            self.token = await self._exchange(await self._log_in())
        else:
            self.token = await self._exchange(await self._take_up_residence())
            await self.post("/api/onboarding/analytics")
            await self.post(
                "/api/onboarding/integration",
                {"client_id": self._client_id, "redirect_uri": self._client_id},
            )
        lasting: str = await self.ws(
            "auth/long_lived_access_token", client_name="Sandbox", lifespan=_TOKEN_DAYS
        )
        await self._disconnect_websocket()
        self._token_file.touch(mode=0o600)
        self._token_file.write_text(lasting)
        self.token = lasting

    @property
    def _client_id(self) -> str:
        return f"{self.url}/"

    async def _take_up_residence(self) -> str:
        """Become the owner, and return a code for a token."""
        user = await self._request(
            "POST",
            "/api/onboarding/users",
            json={
                "name": USERNAME.title(),
                "username": USERNAME,
                "password": PASSWORD,
                "client_id": self._client_id,
                "language": _LANGUAGE,
            },
        )
        code: str = user["auth_code"]
        return code

    async def _log_in(self) -> str:
        """Log in as the owner, and return a code for a token."""
        self.token = None
        await self._disconnect_websocket()
        client = {"client_id": self._client_id}
        form = await self.post(
            "/auth/login_flow",
            client | {"redirect_uri": self._client_id, "handler": ["homeassistant", None]},
        )
        user = {"username": USERNAME, "password": PASSWORD}
        result = await self.post(f"/auth/login_flow/{form['flow_id']}", client | user)
        if result["type"] != "create_entry":
            raise SignedOutError(f"{USERNAME} cannot log in")
        code: str = result["result"]
        return code

    async def _exchange(self, code: str) -> str:
        """Return the token that a code is good for."""
        grant = {"grant_type": "authorization_code", "code": code, "client_id": self._client_id}
        token: str = (await self._request("POST", "/auth/token", data=grant))["access_token"]
        return token

    async def _request(self, method: str, path: str, **content: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self._client().request(
            method, self.url + path, headers=headers, **content
        ) as response:
            if response.status == HTTPStatus.UNAUTHORIZED:
                raise SignedOutError(f"{method} {path}: the token is not valid")
            if not response.ok:
                text = await response.text()
                raise HomeError(f"{method} {path}: {response.status} {text}")
            if response.content_type == "application/json":
                return await response.json()
            return await response.text()

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise HomeError("Home Assistant has not been started")
        return self._session

    async def _connection(self) -> WebSocket:
        """Return the WebSocket connection, which is made at first use and stays."""
        if self._websocket is None or not self.connected:
            self._websocket = await WebSocket.connect(self._client(), self.url, self.token or "")
        return self._websocket

    async def _disconnect(self) -> None:
        await self._disconnect_websocket()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _disconnect_websocket(self) -> None:
        if self._websocket is not None:
            await self._websocket.close()
            self._websocket = None

    def _tail(self) -> str:
        """Return the end of what the process has printed, for an error message."""
        return self.console_file.read_text()[-4000:]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def _store(file: Path, *, version: int, data: dict[str, Any]) -> None:
    """Write a file the way Home Assistant stores its own state."""
    content = {"version": version, "minor_version": 1, "key": file.name, "data": data}
    file.write_text(json.dumps(content))
