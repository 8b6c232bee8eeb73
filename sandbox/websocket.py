"""A client of Home Assistant's WebSocket API."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any, Final, Self

import aiohttp

_ENDED: Final = "The WebSocket connection has ended"


class CommandError(Exception):
    """Home Assistant answered a command with an error."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the code: it is what a caller tells errors apart by."""
        super().__init__(f"{code}: {message}")
        self.code = code


class WebSocket:
    """One authenticated connection: commands with their results, and subscriptions."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Serve a connection that is authenticated already."""
        self._socket = socket
        self._ids = count(1)
        self._results: dict[int, asyncio.Future[Any]] = {}
        self._events: dict[int, asyncio.Queue[Any]] = {}
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def connect(cls, session: aiohttp.ClientSession, url: str, token: str) -> Self:
        """Connect and authenticate."""
        socket = await session.ws_connect(f"{url}/api/websocket", max_msg_size=0)
        try:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": token})
            answer = await socket.receive_json()
        except aiohttp.WSMessageTypeError as err:
            raise ConnectionResetError(_ENDED) from err
        if answer["type"] != "auth_ok":
            await socket.close()
            raise CommandError(answer["type"], answer.get("message", ""))
        return cls(socket)

    @property
    def closed(self) -> bool:
        """Tell whether the connection has ended."""
        return self._reader.done()

    async def close(self) -> None:
        """End the connection."""
        await self._socket.close()
        self._reader.cancel()
        with suppress(asyncio.CancelledError):
            await self._reader

    async def wait_closed(self) -> None:
        """Wait until the connection has ended."""
        await asyncio.wait([self._reader])

    async def command(self, type_: str, **data: Any) -> Any:
        """Send a command and return its result."""
        return await self._send(next(self._ids), type_, data)

    @asynccontextmanager
    async def subscribe(self, type_: str, **data: Any) -> AsyncGenerator[asyncio.Queue[Any]]:
        """Send a command that subscribes, and collect its events until the block ends."""
        subscription = next(self._ids)
        events = self._events[subscription] = asyncio.Queue()
        try:
            await self._send(subscription, type_, data)
            yield events
        except asyncio.QueueShutDown:
            raise ConnectionResetError(_ENDED) from None
        finally:
            del self._events[subscription]
            if not self.closed:
                await self.command("unsubscribe_events", subscription=subscription)

    async def _send(self, message_id: int, type_: str, data: dict[str, Any]) -> Any:
        if self.closed:
            raise ConnectionResetError(_ENDED)
        result = self._results[message_id] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send_json({"id": message_id, "type": type_, **data})
            return await result
        finally:
            del self._results[message_id]
            if result.done() and not result.cancelled():
                # Taken note of, also where sending has failed first.
                result.exception()

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    break
                self._receive(message.json())
        finally:
            for result in self._results.values():
                if not result.done():
                    result.set_exception(ConnectionResetError(_ENDED))
            for events in self._events.values():
                events.shutdown()

    def _receive(self, message: dict[str, Any]) -> None:
        if message["type"] == "event":
            if events := self._events.get(message["id"]):
                events.put_nowait(message["event"])
            return
        result = self._results.get(message["id"])
        if result is None or result.done():
            return
        if message.get("success", True):
            result.set_result(message.get("result"))
        else:
            error = message["error"]
            result.set_exception(CommandError(error["code"], error["message"]))
