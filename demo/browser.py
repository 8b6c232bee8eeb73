"""A headless Chromium, driven through its own DevTools protocol."""

import asyncio
import base64
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, suppress
from itertools import count
import json
import os
from pathlib import Path
import shutil
import signal
from typing import Any, Final

import aiohttp

from sandbox.home import ROOT, Home

FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
_NAMES: Final = (
    "chromium",
    "google-chrome",
    # What scripts/fetch-browser has made.
    str(ROOT / ".cache" / "browser" / "chromium"),
)
_PATIENCE: Final = 180
_AGAIN_AFTER: Final = 20

# Looks for elements through all shadow roots.
_HELPERS: Final = """
window.__all = (selector, root = document) => [
  ...root.querySelectorAll(selector),
  ...[...root.querySelectorAll('*')].filter(e => e.shadowRoot)
    .flatMap(e => __all(selector, e.shadowRoot)),
];
window.__text = e => e?.nodeType == 3 ? e.data
  : !e || ![1, 11].includes(e.nodeType) || e.localName == 'style' ? ''
  : [...(e.shadowRoot?.childNodes ?? []), ...e.childNodes]
      .map(__text).join(' ').replace(/\\s+/g, ' ').trim();
window.__seen = e => e.getClientRects().length && getComputedStyle(e).visibility == 'visible';
window.__those = (selector, text, root) => __all(selector, root).filter(__seen).filter(
  e => !text || [e.innerText?.trim(), e.label, __text(e)].some(it => it?.startsWith?.(text)));
window.__one = (selector, text) => __those(selector, text)[0];
window.__middle = e => (({x, y, width, height}) => [x + width / 2, y + height / 2])(
  e.getBoundingClientRect());
window.__uncovered = e => {
  let under = document.elementFromPoint(...__middle(e));
  for (let inner; (inner = under?.shadowRoot?.elementFromPoint(...__middle(e)));) {
    if (inner === under) break;
    under = inner;
  }
  while (under && under !== e) under = under.assignedSlot ?? under.parentNode ?? under.host;
  return !!under;
};
// Watches where the next press lands, and lets it do nothing if that is elsewhere.
window.__aim = target => {
  window.__aimed?.abort();
  const off = window.__aimed = new AbortController(), met = {};
  const look = event => {
    if (!event.isTrusted) return;
    met[event.type] ??= event.composedPath().includes(target);
    if (!met.pointerdown) { event.preventDefault(); event.stopImmediatePropagation(); }
  };
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
    addEventListener(type, look, {capture: true, signal: off.signal});
  window.__missed = () => {
    off.abort();
    return !met.click && !(met.pointerdown && !target.isConnected);
  };
  return __middle(target);
};
window.__cut = selector => __all(selector).filter(__seen).flatMap(e => [e, ...__all('*', e),
  ...(e.shadowRoot ? __all('*', e.shadowRoot) : [])]).filter(e => e.clientWidth < e.scrollWidth
  && e.clientWidth && getComputedStyle(e).overflowX != 'visible').map(__text);
"""


class BrowserError(Exception):
    """The browser does not do as it was told."""


class LeftError(BrowserError):
    """The page was left before it could answer."""


def find_chromium() -> str:
    """Return the path of Chromium, or say how to get it."""
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    raise BrowserError("Chromium is missing: scripts/fetch-browser, or install it")


class Page:
    """The one page of a browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Take the page's own connection."""
        self._socket = socket
        self._ids = count(1)
        self.complaints: list[str] = []
        """What the page has logged as errors, and what it has failed to load."""

    async def command(self, method: str, **params: Any) -> Any:
        """Send a command of the DevTools protocol, and return its result."""
        message_id = next(self._ids)
        await self._socket.send_json({"id": message_id, "method": method, "params": params})
        async with asyncio.timeout(_PATIENCE):
            while (answer := await self._socket.receive_json()).get("id") != message_id:
                self.complaints.extend(_complaints(answer))
                if answer.get("method") == "Page.javascriptDialogOpening":
                    await self._agree()
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    async def _agree(self) -> None:
        """Agree to what the page asks before it lets anything go on: to be left, for one."""
        await self._socket.send_json(
            {
                "id": next(self._ids),
                "method": "Page.handleJavaScriptDialog",
                "params": {"accept": True},
            }
        )

    async def size(self, width: int, height: int, *, phone: bool = False) -> None:
        """Give the page a size, that of a phone if need be."""
        await self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=phone,
        )

    async def open(self, url: str) -> None:
        """Go to an address."""
        await self.command("Page.navigate", url=url)

    async def show(self, url: str, selector: str, text: str = "") -> None:
        """Go to an address, and again if it does not come to show an element, as a person would.

        The frontend itself gives up what it waits for after some seconds, on any machine.
        """
        for _ in _patiently():
            await self.open(url)
            with suppress(TimeoutError):
                async with asyncio.timeout(_AGAIN_AFTER):
                    return await self.wait(selector, text)
            self.complaints.clear()
        raise BrowserError(f"There is no {selector} {text!r} at {url}")

    async def run(self, script: str) -> Any:
        """Evaluate JavaScript; `__one(selector, text)` finds an element wherever it is."""
        try:
            result = await self.command(
                "Runtime.evaluate",
                expression=f"{_HELPERS}\n{script}",
                awaitPromise=True,
                returnByValue=True,
            )
        except BrowserError as err:
            raise LeftError(str(err)) from err
        if details := result.get("exceptionDetails"):
            raise BrowserError(details.get("exception", {}).get("description", details["text"]))
        return result["result"].get("value")

    async def wait(self, selector: str, text: str = "") -> None:
        """Wait until an element is there."""
        arguments = f"{json.dumps(selector)}, {json.dumps(text)}"
        await self.until(f"!!__one({arguments})", f"{selector} {text!r}")

    async def until(self, script: str, what: str) -> Any:
        """Wait until a script returns something true, here or where the page goes meanwhile."""
        for _ in _patiently():
            if found := await self._look(script):
                return found
            await asyncio.sleep(0.1)
        shown = await self._look("location.pathname + ': ' + __text(document.body)")
        raise BrowserError(f"The page does not come to show {what}, but {shown}")

    async def settled(self, script: str) -> Any:
        """Return what a script returns, once it does so twice: pages are drawn piece by piece."""
        (found,) = await self._twice(f"[{script}]", "anything", 0.5)
        return found

    async def _twice(self, script: str, what: str, pause: float) -> Any:
        """Wait until a script returns something true, and after so many seconds the same."""
        before, now = None, await self.until(script, what)
        while before != now:
            await asyncio.sleep(pause)
            before, now = now, await self.until(script, what)
        return now

    async def _look(self, script: str) -> Any:
        """Return what a script returns, or nothing where the page goes elsewhere meanwhile."""
        try:
            return await self.run(script)
        except LeftError:
            return None

    async def click(self, selector: str, text: str = "") -> None:
        """Wait for an element, and click it."""
        await self.wait(selector, text)
        await self.run(f"__one({json.dumps(selector)}, {json.dumps(text)}).click()")

    async def press(
        self, selector: str, text: str = "", *, root: str = "document", unless: str = ""
    ) -> None:
        """Wait for an element that stands still, and press the mouse on it as a hand does.

        It may move after all while the mouse goes there: then it is pressed where it is now.
        Where another is there, or comes meanwhile, which it is for, nothing is pressed.
        """
        there = f"__one({json.dumps(unless)})" if unless else "false"
        place = f"""(() => {{
            if ({there}) return 'there';
            const those = __those({json.dumps(selector)}, {json.dumps(text)}, {root});
            const free = those.find(__uncovered);
            if (!free) those[0]?.scrollIntoView({{block: 'center'}});
            return free && __aim(free);
        }})()"""
        for _ in _patiently():
            found = await self._twice(place, f"{selector} {text!r}", 0.1)
            if found == "there":
                return
            for event in ("mousePressed", "mouseReleased"):
                await self.command(
                    "Input.dispatchMouseEvent",
                    type=event,
                    x=found[0],
                    y=found[1],
                    button="left",
                    clickCount=1,
                )
            if not await self._look("window.__missed?.()"):
                return
        raise BrowserError(f"{selector} {text!r} is never where it is pressed")

    async def press_for(
        self, selector: str, text: str, *, then: str, root: str = "document"
    ) -> None:
        """Press, and once more where nothing comes of it: a page that still loads may not hear."""
        for _ in _patiently():
            if await self._look(f"!!__one({json.dumps(then)})"):
                return
            await self.press(selector, text, root=root, unless=then)
            await asyncio.sleep(1)
        raise BrowserError(f"There is no {then} after pressing {text!r}")

    async def type(self, text: str) -> None:
        """Type into what has the focus."""
        await self.command("Input.insertText", text=text)

    async def picture(self) -> bytes:
        """Return what the page looks like, as a PNG."""
        result = await self.command("Page.captureScreenshot", format="png")
        return base64.b64decode(result["data"])


@asynccontextmanager
async def browse(directory: Path, *flags: str) -> AsyncGenerator[Page]:
    """Run Chromium with a profile in this directory and these further flags; yield its page."""
    chromium = await asyncio.create_subprocess_exec(
        find_chromium(),
        *FLAGS,
        *flags,
        f"--user-data-dir={directory}",
        "about:blank",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while (port := await asyncio.to_thread(_port, directory / "DevToolsActivePort")) is None:
            if chromium.returncode is not None:
                raise BrowserError(f"{find_chromium()} does not start")
            await asyncio.sleep(0.1)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json") as response:
                targets = await response.json()
            url = next(each["webSocketDebuggerUrl"] for each in targets if each["type"] == "page")
            async with session.ws_connect(url, max_msg_size=0) as socket:
                page = Page(socket)
                await page.command("Runtime.enable")
                await page.command("Log.enable")
                await page.command("Page.enable")
                yield page
    finally:
        # It has children, which are all in the session that it was started in.
        with suppress(ProcessLookupError):
            os.killpg(chromium.pid, signal.SIGKILL)
        await chromium.wait()


async def sign_in(home: Home, page: Page) -> None:
    """Have the frontend find a token where it keeps those of its own."""
    tokens = {
        "access_token": home.token,
        "token_type": "Bearer",
        "refresh_token": "",
        "expires_in": 10**9,
        "expires": 10**14,
        "hassUrl": home.url,
        "clientId": f"{home.url}/",
    }
    await page.open(f"{home.url}/manifest.json")
    await page.until(f"location.href.startsWith({json.dumps(home.url)})", "Home Assistant")
    await page.run(
        f"localStorage.hassTokens = JSON.stringify({json.dumps(tokens)});"
        "localStorage.selectedTheme = JSON.stringify({theme: 'default', dark: false});"
    )


def _patiently() -> Iterator[None]:
    """Yield as long as one may try again."""
    end = asyncio.get_running_loop().time() + _PATIENCE
    while asyncio.get_running_loop().time() <= end:
        yield


def _complaints(event: dict[str, Any]) -> Iterator[str]:
    """Yield what is an error of the events that a page sends."""
    match event:
        case {"method": "Runtime.exceptionThrown", "params": {"exceptionDetails": details}}:
            yield details.get("exception", {}).get("description") or details["text"]
        case {"method": "Runtime.consoleAPICalled", "params": {"type": "error", "args": args}}:
            yield " ".join(str(each.get("value") or each.get("description")) for each in args)
        case {"method": "Log.entryAdded", "params": {"entry": {"level": "error"} as entry}}:
            yield f"{entry['text']} {entry.get('url', '')}".strip()


def _port(file: Path) -> int | None:
    """Return the port that Chromium has chosen, if it has written it down."""
    lines = file.read_text().split() if file.exists() else []
    return int(lines[0]) if lines else None
