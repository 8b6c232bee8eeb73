"""The providers' endpoints as one server with TLS on loopback: python -m bench.server CA_FILE.

It prints its port, and ends when its standard input does.
"""

import asyncio
from itertools import count
from pathlib import Path
import ssl
import sys

from aiohttp import web
import trustme

from .endpoints import ENDPOINTS, MOVING, OTHER_KINDS

_ALL = (*ENDPOINTS, *OTHER_KINDS)


def tls(ca_file: Path) -> ssl.SSLContext:
    """Return a context with a certificate for every host, of an authority left in this file."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*(endpoint.host for endpoint in _ALL)).configure_cert(context)
    return context


def application() -> web.Application:
    """Return what answers every endpoint, whoever asks."""
    endpoints = {(endpoint.host, endpoint.path): endpoint for endpoint in _ALL}
    steady = {place: endpoint.answer_at(0) for place, endpoint in endpoints.items()}
    also = {
        (endpoint.host, path): answer.encode()
        for endpoint in _ALL
        for path, answer in endpoint.also_answered.items()
    }
    steps = count()

    async def answer(request: web.Request) -> web.Response:
        """Answer what the endpoint documents, changed if the credentials say so."""
        place = request.host, request.path
        body = steady.get(place) or also[place]
        if place in steady and any(MOVING in value for value in request.headers.values()):
            body = endpoints[place].answer_at(next(steps))
        response = web.Response(body=body, content_type="application/json", charset="utf-8")
        # As providers do long before the next poll, whoever asks: all pay for a new connection.
        response.force_close()
        return response

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    return app


async def main() -> None:
    """Serve until nobody needs it any more."""
    runner = web.AppRunner(application(), access_log=None, keepalive_timeout=600)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls(Path(sys.argv[1])))
    await site.start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
