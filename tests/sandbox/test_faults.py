"""Every fault that can be switched on does what it says."""

import asyncio
import ssl
import time

import aiohttp
import pytest

from sandbox.faults import Fault, Kind
from sandbox.sandbox import Sandbox

URL = "https://api.deepseek.com/user/balance"
KEY = {"Authorization": "Bearer demo-deepseek-key"}


def fault(kind: Kind, **details: object) -> Fault:
    """Return a fault at DeepSeek."""
    return Fault(provider="deepseek", kind=kind, **details)  # type: ignore[arg-type]


async def fetch(client: aiohttp.ClientSession, url: str = URL) -> tuple[int, str, bytes]:
    """Return the status, the content type and the body of an answer."""
    async with client.get(url, headers=KEY, allow_redirects=False) as response:
        return response.status, response.content_type, await response.read()


async def test_status(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """Any status comes with any body and headers."""
    sandbox.set_fault(
        fault(Kind.STATUS, status=429, body='{"slow": "down"}', headers={"Retry-After": "90"})
    )
    async with client.get(URL, headers=KEY) as response:
        assert response.status == 429
        assert response.headers["Retry-After"] == "90"
        assert await response.json() == {"slow": "down"}


async def test_status_with_bytes(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A body can be bytes, of a content type that says something else."""
    headers = {"Content-Type": "text/plain"}
    sandbox.set_fault(fault(Kind.STATUS, status=200, body_base64="/wA=", headers=headers))
    assert await fetch(client) == (200, "text/plain", b"\xff\x00")


@pytest.mark.parametrize(
    ("kind", "content_type", "body"),
    [
        (Kind.EMPTY, "application/json", b""),
        (Kind.HTML, "text/html", b"<!doctype html>"),
        (Kind.BINARY, "application/json", bytes(range(256))),
        (Kind.TRUNCATED, "application/json", b'{"is_available":true,"balance_infos":[{'),
    ],
)
async def test_garbage(
    sandbox: Sandbox, client: aiohttp.ClientSession, kind: Kind, content_type: str, body: bytes
) -> None:
    """With status 200 comes what cannot be understood."""
    sandbox.set_fault(fault(kind))
    status, received_type, received = await fetch(client)
    assert (status, received_type) == (200, content_type)
    assert received.startswith(body)
    assert not received.endswith(b"]}")


@pytest.mark.parametrize("kind", [Kind.DELAY, Kind.SLOW_BODY])
async def test_slowness(sandbox: Sandbox, client: aiohttp.ClientSession, kind: Kind) -> None:
    """The right answer comes late, as a whole or in part."""
    right = await fetch(client)
    sandbox.set_fault(fault(kind, seconds=0.3))

    start = time.monotonic()
    async with client.get(URL, headers=KEY) as response:
        headers_after = time.monotonic() - start
        body = await response.read()
    whole_after = time.monotonic() - start

    assert body == right[2]
    assert whole_after >= 0.3
    assert (headers_after >= 0.3) is (kind is Kind.DELAY)


async def test_cut(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """The connection ends before there is an answer."""
    sandbox.set_fault(fault(Kind.CUT))
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await fetch(client)


async def test_cut_body(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """The connection ends in the middle of the answer."""
    sandbox.set_fault(fault(Kind.CUT_BODY))
    async with client.get(URL, headers=KEY) as response:
        assert response.status == 200
        with pytest.raises(aiohttp.ClientError):
            await response.read()


async def test_endless(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """The body goes on for as long as anyone reads it."""
    sandbox.set_fault(fault(Kind.ENDLESS))
    async with client.get(URL, headers=KEY) as response:
        assert response.content_length is None
        await response.content.readexactly(1 << 20)
        assert not response.content.at_eof()


async def test_huge(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """The body is of 100 MB, and says so."""
    sandbox.set_fault(fault(Kind.HUGE))
    async with client.get(URL, headers=KEY) as response:
        assert response.content_length == 100 << 20
        await response.content.readexactly(1 << 20)


async def test_bomb(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """The body is small until it is decompressed."""
    sandbox.set_fault(fault(Kind.BOMB))
    async with client.get(URL, headers=KEY, auto_decompress=False) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(await response.read()) < 1 << 20


@pytest.mark.parametrize("location", ["/elsewhere", "https://elsewhere.example/"])
async def test_redirect(sandbox: Sandbox, client: aiohttp.ClientSession, location: str) -> None:
    """A redirect leads to the same or to another host."""
    sandbox.set_fault(fault(Kind.REDIRECT, location=location))
    async with client.get(URL, headers=KEY, allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (302, location)


async def test_tls(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """The certificate is for another host, also for a client that has been here before."""
    await fetch(client)
    sandbox.set_fault(fault(Kind.TLS))

    with pytest.raises(aiohttp.ClientConnectorCertificateError) as caught:
        await fetch(client)
    assert isinstance(caught.value.certificate_error, ssl.SSLCertVerificationError)
    assert (await fetch(client, "https://openrouter.ai/"))[0] == 401

    sandbox.clear_faults()
    assert (await fetch(client))[0] == 200


async def test_refused(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """Nobody listens, also not to a client that has been here before."""
    await fetch(client)
    sandbox.set_fault(fault(Kind.REFUSED))

    with pytest.raises(aiohttp.ClientConnectorError) as caught:
        await fetch(client)
    assert isinstance(caught.value.os_error, ConnectionRefusedError)
    assert (await fetch(client, "https://openrouter.ai/"))[0] == 401

    sandbox.clear_faults("deepseek")
    assert (await fetch(client))[0] == 200


async def test_times(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A fault can last for some requests only."""
    sandbox.set_fault(fault(Kind.STATUS, status=503, times=2))
    assert [(await fetch(client))[0] for _ in range(3)] == [503, 503, 200]
    assert sandbox.faults == []


async def test_times_of_handshakes(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A fault of the connection is counted by connections."""
    sandbox.set_fault(fault(Kind.TLS, times=1))
    with pytest.raises(aiohttp.ClientConnectorCertificateError):
        await fetch(client)
    assert (await fetch(client))[0] == 200


async def test_path(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A fault can be at one path only."""
    sandbox.set_fault(fault(Kind.STATUS, path="/user/other"))
    assert (await fetch(client))[0] == 200
    assert (await fetch(client, "https://api.deepseek.com/user/other"))[0] == 500


async def test_other_provider(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A fault is at one provider only, until it is switched off."""
    sandbox.set_fault(fault(Kind.STATUS, status=503))
    assert (await fetch(client, "https://openrouter.ai/"))[0] == 401
    sandbox.clear_faults("openrouter")
    assert (await fetch(client))[0] == 503
    sandbox.clear_faults()
    assert (await fetch(client))[0] == 200


async def test_stop_does_not_wait(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """The sandbox stops although somebody is waiting for an answer."""
    sandbox.set_fault(fault(Kind.DELAY, seconds=60))
    waiting = asyncio.create_task(fetch(client))
    await asyncio.sleep(0.2)
    assert sandbox.requests

    async with asyncio.timeout(5):
        await sandbox.stop()
        with pytest.raises(aiohttp.ClientError):
            await waiting


@pytest.mark.parametrize(
    "details",
    [
        {"kind": "unheard_of"},
        {"kind": "redirect"},
        {"kind": "tls", "path": "/user/balance"},
        {"kind": "refused", "times": 1},
    ],
)
def test_impossible(details: dict[str, object]) -> None:
    """What cannot be had is not accepted."""
    with pytest.raises(ValueError, match=r"\w"):
        Fault(provider="deepseek", **details)  # type: ignore[arg-type]
