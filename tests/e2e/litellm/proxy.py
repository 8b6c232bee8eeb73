"""The proxy itself, from the package index, with a database in memory."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from decimal import Decimal
import os
from pathlib import Path
from secrets import token_hex
import socket
from typing import Any, Final

import aiohttp

from sandbox.home import ROOT

FOLDER: Final = Path(__file__).parent
ENVIRONMENT: Final = ROOT / ".venv-litellm"
PACKAGES: Final = ENVIRONMENT / "lib/python3.14/site-packages"
IS_INSTALLED: Final = (ENVIRONMENT / ".stamp").exists()
MODEL: Final = "parrot"
PRICES: Final = {"prompt_tokens": Decimal("0.001"), "completion_tokens": Decimal("0.002")}
PATIENCE: Final = 180.0

type Json = dict[str, Any]


class RefusedError(Exception):
    """What the proxy says when it does not do as asked."""


class Proxy:
    """A LiteLLM proxy that runs."""

    def __init__(self, session: aiohttp.ClientSession, port: int, master_key: str) -> None:
        """Take whoever asks, where, and as whom."""
        self.url = f"http://127.0.0.1:{port}"
        self.master_key = master_key
        self._session = session

    async def ask(self, method: str, path: str, key: str | None = None, **content: Any) -> Json:
        """Return what the proxy answers. Raises RefusedError."""
        headers = {"Authorization": f"Bearer {key or self.master_key}"}
        async with self._session.request(
            method, f"{self.url}{path}", headers=headers, **content
        ) as response:
            answer: Json = await response.json()
            if not response.ok:
                raise RefusedError(answer)
            return answer

    async def make(self, what: str, **about: Any) -> Json:
        """Have a key, a user, a team or a budget made."""
        verb = "generate" if what == "key" else "new"
        return await self.ask("POST", f"/{what}/{verb}", json=about)

    async def spend(self, key: str) -> Decimal:
        """Use the model, and return what that costs by the prices that we set."""
        message = {"role": "user", "content": "Hello"}
        answer = await self.ask(
            "POST", "/chat/completions", key, json={"model": MODEL, "messages": [message]}
        )
        return sum((answer["usage"][kind] * price for kind, price in PRICES.items()), Decimal(0))

    async def until_written(self, path: str, at: str, spent: Decimal, key: str) -> None:
        """Wait until the proxy has written down what was spent, which it does in batches."""
        async with asyncio.timeout(PATIENCE):
            while Decimal(str((await self.ask("GET", path, key))[at]["spend"])) != spent:
                await asyncio.sleep(0.2)


@asynccontextmanager
async def proxy(folder: Path) -> AsyncGenerator[Proxy]:
    """Run a proxy until the end of the context."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    master_key = f"sk-{token_hex(16)}"
    environment = {
        **{name: text for name, text in os.environ.items() if not name.lower().endswith("proxy")},
        "CONFIG_FILE_PATH": str(FOLDER / "config.yaml"),
        "DATABASE_URL": "postgresql://localhost/in-memory",
        "HOME": str(folder),
        "LITELLM_ENGINE_MODULES": str(ENVIRONMENT / "node"),
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "LITELLM_MASTER_KEY": master_key,
        "LITELLM_MIGRATIONS": str(PACKAGES / "litellm_proxy_extras" / "migrations"),
        "PRISMA_QUERY_ENGINE_BINARY": str(FOLDER / "engine.mjs"),
    }
    with (folder / "litellm.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(ENVIRONMENT / "bin" / "uvicorn", "litellm.proxy.proxy_server:app"),
            *("--host", "127.0.0.1", "--port", str(port)),
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            async with aiohttp.ClientSession() as session:
                running = Proxy(session, port, master_key)
                await _until_ready(running, process, folder)
                yield running
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _until_ready(running: Proxy, process: asyncio.subprocess.Process, folder: Path) -> None:
    """Wait until the proxy and its database answer."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if process.returncode is not None:
                raise RefusedError((folder / "litellm.log").read_text()[-4000:])
            try:
                if (await running.ask("GET", "/health/readiness"))["db"] == "connected":
                    return
            except aiohttp.ClientConnectionError, RefusedError:
                pass
            await asyncio.sleep(0.2)
