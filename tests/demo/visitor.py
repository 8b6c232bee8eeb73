"""A visitor of the demo, at Home Assistant and at the simulated providers."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
import json
from random import Random
import re
from typing import Any, Final, Self

import aiohttp

from sandbox.websocket import WebSocket

from .running import PATIENCE, Run

DOMAIN: Final = "api_credits"
LANGUAGES: Final = ("de", "en", "es", "fr", "nl")
FLOWS: Final = "/api/config/config_entries/flow"
ENTRY: Final = "/api/config/config_entries/entry"

type Json = Any


class Visitor:
    """Somebody with the address and the password that the demo prints."""

    def __init__(self, session: aiohttp.ClientSession, run: Run, rng: Random) -> None:
        """Read what the demo has printed."""
        output = run.output
        self.rng = rng
        self._run = run
        self.url = output.partition("Address ")[2].split()[0]
        self.control = re.findall(r"(http://\S+)/openrouter", output)[0]
        self.keys = dict(re.findall(r"^  (\w[\w ]*\w)  +(demo-\S+)", output, re.MULTILINE))
        self.user = output.partition("User ")[2].split()[0]
        self.password = output.partition("Password ")[2].split()[0]
        self._session = session
        self._token = ""
        self._socket: WebSocket | None = None

    @classmethod
    @asynccontextmanager
    async def come(cls, run: Run, rng: Random) -> AsyncGenerator[Self]:
        """Come, log in, and in the end leave."""
        async with aiohttp.ClientSession() as session:
            visitor = cls(session, run, rng)
            await visitor.log_in()
            yield visitor
            await visitor.hang_up()

    async def log_in(self) -> None:
        """Log in as the form does."""
        client = {"client_id": f"{self.url}/"}
        form = await self.post(
            "/auth/login_flow",
            {**client, "redirect_uri": f"{self.url}/", "handler": ["homeassistant", None]},
        )
        user = {"username": self.user, "password": self.password}
        result = await self.post(f"/auth/login_flow/{form['flow_id']}", client | user)
        grant = {"grant_type": "authorization_code", "code": result["result"]}
        token = await self._request("POST", f"{self.url}/auth/token", data=client | grant)
        self._token = token["access_token"]

    async def hang_up(self) -> None:
        """End the connection."""
        if self._socket:
            await self._socket.close()
            self._socket = None

    async def get(self, path: str) -> Json:
        """Send a GET request."""
        return await self._request("GET", self.url + path)

    async def post(self, path: str, data: Json = None) -> Json:
        """Send a POST request."""
        return await self._request("POST", self.url + path, json=data)

    async def delete(self, path: str) -> Json:
        """Send a DELETE request."""
        return await self._request("DELETE", self.url + path)

    async def at_provider(self, method: str, path: str, data: Json = None) -> Json:
        """Do something at the simulated providers."""
        return await self._request(method, self.control + path, json=data)

    async def act(self, action: str, **data: Json) -> None:
        """Perform an action."""
        await self.post(f"/api/services/{action.replace('.', '/')}", data)

    async def ws(self, type_: str, **data: Json) -> Json:
        """Send a WebSocket command."""
        if self._socket is None or self._socket.closed:
            self._socket = await WebSocket.connect(self._session, self.url, self._token)
        return await self._socket.command(type_, **data)

    async def entries(self) -> list[Json]:
        """Return all accounts."""
        found: list[Json] = await self.ws("config_entries/get", domain=DOMAIN)
        return found

    async def entry(self) -> Json:
        """Return an account that is not disabled, and enable one if there is none."""
        entries = await self.entries()
        if enabled := [entry for entry in entries if entry["disabled_by"] is None]:
            return self.rng.choice(enabled)
        entry = self.rng.choice(entries)
        await self.disable(entry, disabled=False)
        return entry

    async def entities(self) -> list[Json]:
        """Return the entities of all accounts that nobody has disabled, in no order."""
        found = [
            entity
            for entity in await self.ws("config/entity_registry/list")
            if entity["platform"] == DOMAIN and entity["disabled_by"] is None
        ]
        self.rng.shuffle(found)
        return found

    async def be_seen(self) -> None:
        """Wait until the demo has seen all that is there now.

        What comes and goes between two of its looks, it need not tell of.
        """
        before = (await self.get("/api/config"))["language"]
        language = self.rng.choice([each for each in LANGUAGES if each != before])
        seen = len(self._run.output)
        await self.ws("config/core/update", language=language)
        await self._run.read_until(f"language is now {language}", after=seen)

    async def disable(self, entry: Json, *, disabled: bool) -> None:
        """Disable or enable an account."""
        disabled_by = "user" if disabled else None
        await self.ws("config_entries/disable", entry_id=entry["entry_id"], disabled_by=disabled_by)

    async def fill_in(self, form: Json, **data: Json) -> Json:
        """Fill in a form of a config flow."""
        return await self.post(f"{FLOWS}/{form['flow_id']}", data)

    async def offer(self, provider: str, key: str) -> Json:
        """Offer a key, and return what comes of it."""
        form = await self.post(FLOWS, {"handler": DOMAIN})
        form = await self.fill_in(form, provider=provider)
        return await self.fill_in(form, api_key=key)

    async def add(self, provider: str, key: str) -> Json:
        """Add the first account that a key reaches and that is not there yet, if there is one."""
        form = await self.offer(provider, key)
        if form["type"] == "form" and form["step_id"] == "account":
            choices = json.dumps(form["data_schema"])
            values = re.findall(r'"value": "([^"]+)"', choices)
            form = await self.fill_in(form, account=self.rng.choice(values))
        if form["type"] == "form":
            assert not form["errors"], form
            form = await self.fill_in(form, low_balance=5, runway_days=3)
        assert form["type"] == "create_entry" or form["reason"] == "already_configured", form
        return form

    async def until_back(self, begin: Callable[[], Awaitable[None]]) -> None:
        """Have Home Assistant go, and wait until it has come back."""
        await self.ws("auth/current_user")
        socket = self._socket
        assert socket
        # It may go before it has answered.
        with suppress(aiohttp.ClientError):
            await begin()
        async with asyncio.timeout(PATIENCE):
            await socket.wait_closed()
            await self.hang_up()
            while not await self._is_there():
                await asyncio.sleep(0.2)

    async def _is_there(self) -> bool:
        with suppress(aiohttp.ClientError):
            return bool((await self.get("/api/config"))["state"] == "RUNNING")
        return False

    async def _request(self, method: str, url: str, **content: Json) -> Json:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        async with self._session.request(method, url, headers=headers, **content) as response:
            text = await response.text()
            assert response.ok, f"{method} {url}: {response.status} {text}"
            return json.loads(text) if response.content_type == "application/json" else text
