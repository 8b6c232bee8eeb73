"""A service at home that nobody has described: it answers in any shape, to whoever has the key."""

from base64 import b64encode
from collections import Counter
from decimal import Decimal
import ssl
from typing import Any, Final, Self

from aiohttp import web

from .server import LOOPBACK, listen
from .shapes import SHAPES

PLACES: Final = ("bearer", "header", "basic", "query", "body", "path", "further_header")
"""Where the key may be looked for."""


class Anything:
    """The service on loopback, without TLS unless it is given some, in the running event loop.

    At `/{place}/{shape}` it looks for the key at a place; what carries it in the path has it at the
    end.
    """

    def __init__(self, key: str, tls: ssl.SSLContext | None = None) -> None:
        """Begin with something left."""
        self.key: str | None = key
        self.left = Decimal("12.50")
        self.port = 0
        self.asked = Counter[str]()
        self._tls = tls
        application = web.Application()
        application.router.add_route("*", "/{place}/{shape}{rest:.*}", self._handle)
        self._runner = web.AppRunner(application, access_log=None)

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self.stop()

    async def start(self) -> None:
        """Listen."""
        self.port = await listen(self._runner, 0, self._tls)

    async def stop(self) -> None:
        """Listen no more."""
        await self._runner.cleanup()

    def url(self, shape: str, place: str = "bearer", host: str = LOOPBACK) -> str:
        """Return where an answer of a shape is."""
        rest = f"/{self.key}" if place == "path" else ""
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}/{place}/{shape}{rest}"

    async def _handle(self, request: web.Request) -> web.Response:
        """Answer in the shape that is asked for."""
        name = request.match_info["shape"]
        if not await self._knows(request):
            return web.json_response({"message": "who are you?"}, status=401)
        shape = SHAPES[name]
        number, self.asked[name] = self.asked[name], self.asked[name] + 1
        return web.Response(
            status=shape.status,
            body=shape.answer(self.left, number),
            content_type=shape.content_type,
        )

    async def _knows(self, request: web.Request) -> bool:
        """Return whether a request has the key where it belongs."""
        carried: Any = None
        match request.match_info["place"]:
            case "bearer":
                carried = request.headers.get("Authorization", "").removeprefix("Bearer ")
            case "header":
                carried = request.headers.get("X-API-Key", "").removeprefix("Token ")
            case "further_header":
                carried = request.headers.get("X-Further")
            case "basic":
                pair = b64encode(f"me:{self.key}".encode()).decode()
                known = request.headers.get("Authorization") == f"Basic {pair}"
                carried = self.key if known else None
            case "query":
                carried = request.query.get("api_key")
            case "body":
                carried = (await request.json())["key"] if request.method == "POST" else None
            case "path":
                carried = request.match_info["rest"].removeprefix("/")
        return self.key is not None and carried == self.key
