"""The browser waits for what a page comes to show, wherever the page goes meanwhile."""

from collections.abc import AsyncGenerator
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer
import pytest
from yarl import URL

from demo.browser import BrowserError, Page, browse


def _page(body: str) -> web.Response:
    return web.Response(text=f"<!doctype html>{body}", content_type="text/html")


@pytest.fixture
async def here() -> AsyncGenerator[URL]:
    """Serve a page that goes elsewhere once it is told to."""

    async def here(request: web.Request) -> web.Response:
        return _page("<p>Here</p>")

    async def there(request: web.Request) -> web.Response:
        return _page("<p>There</p>")

    app = web.Application()
    app.add_routes([web.get("/here", here), web.get("/there", there)])
    async with TestServer(app) as server:
        yield server.make_url("/here")


@pytest.fixture
async def page(chromium: None, here: URL, tmp_path: Path) -> AsyncGenerator[Page]:
    """Open the page."""
    async with browse(tmp_path) as page:
        await page.open(str(here))
        await page.wait("p", "Here")
        yield page


async def test_waiting_while_the_page_is_left(page: Page) -> None:
    """Waiting goes on on the next page."""
    script = """(() => {
        if (__text(document.body) == 'There') return 'there';
        location.href = '/there';
        return new Promise(() => {});
    })()"""
    assert await page.until(script, "the other page") == "there"


async def test_script_that_fails(page: Page) -> None:
    """A mistake in a script is told at once."""
    with pytest.raises(BrowserError, match="nothing is not defined"):
        await page.until("nothing.at.all", "anything")
    assert await page.run("1 + 1") == 2


async def test_pressing_for_what_comes_late(page: Page) -> None:
    """What is deaf at first is pressed again, and not waited for once it has done its duty."""
    await page.run("""
        document.body.innerHTML = '<button>Open</button>';
        window.pressed = 0;
        document.querySelector('button').onclick = ({target}) => {
            if (++pressed < 2) return;
            target.remove();
            setTimeout(() => { document.body.innerHTML = '<dialog open>Opened</dialog>' }, 1500);
        };
    """)
    await page.press_for("button", "Open", then="dialog")
    assert await page.run("pressed") == 2
