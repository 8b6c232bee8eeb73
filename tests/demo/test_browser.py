"""The browser waits for what a page comes to show, wherever the page goes meanwhile."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

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


async def _offer(page: Page) -> None:
    """Offer two buttons, which change places once they are told to."""
    await page.run("""
        document.body.innerHTML = '<button>No</button> <button>Yes</button>';
        const [no, yes] = document.querySelectorAll('button');
        window.pressed = [];
        for (const button of [no, yes]) button.onclick = () => pressed.push(button.innerText);
        window.change = () => no.before(yes);
    """)


async def test_pressing_what_has_just_moved(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """What moves away before the mouse is there is pressed where it is then, and nothing else."""
    command = page.command

    async def late(method: str, **params: Any) -> Any:
        if method == "Input.dispatchMouseEvent":
            monkeypatch.setattr(page, "command", command)
            await page.run("change()")
        return await command(method, **params)

    await _offer(page)
    monkeypatch.setattr(page, "command", late)
    await page.press("button", "Yes")
    assert await page.run("pressed") == ["Yes"]


@pytest.mark.parametrize("event", ["pointerdown", "mousedown"])
async def test_pressing_what_moves_meanwhile(page: Page, event: str) -> None:
    """What moves away while the mouse is pressed is pressed again."""
    await _offer(page)
    await page.run(f"addEventListener('{event}', change, {{once: true}})")
    await page.press("button", "Yes")
    assert await page.run("pressed") == ["Yes"]


async def test_pressing_what_goes_away(page: Page) -> None:
    """What is gone as soon as the mouse is on it has been pressed."""
    await page.run("""
        document.body.innerHTML = '<button>Open</button>';
        document.querySelector('button').onmousedown = ({target}) => {
            document.body.innerHTML = '<dialog open>Opened</dialog>';
        };
    """)
    await page.press("button", "Open")
    await page.wait("dialog", "Opened")


@pytest.mark.parametrize("answer", ["no.click()", "document.querySelector('input').click()"])
async def test_pressing_what_presses_something_else(page: Page, answer: str) -> None:
    """What clicks on something else in its turn is pressed once."""
    await _offer(page)
    await page.run(f"""
        document.body.insertAdjacentHTML('beforeend', '<label>Both<input type="checkbox"></label>');
        yes.addEventListener('click', () => {answer});
    """)
    await page.press("button", "Yes")
    assert (await page.run("pressed")).count("Yes") == 1
    await page.press("label", "Both")
    checked = await page.run("document.querySelector('input').checked")
    assert checked is ("input" not in answer)
