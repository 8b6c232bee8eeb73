"""Take the pictures of the documentation from the demo: python -m demo.screenshot."""

import argparse
import asyncio
import io
from pathlib import Path
import sys
import tempfile
from typing import Final

from PIL import Image

from sandbox.home import ROOT

from .browser import BrowserError, Page, browse, find_chromium, sign_in
from .demo import Demo
from .forms import choose_provider, enter_key, open_forms, search_provider
from .person import DASHBOARD
from .progress import step
from .story import INVITATIONS, story_of
from .watch import DOMAIN

_WIDTH: Final = 1280
_PHONE: Final = 390
_LARGEST: Final = 300_000
_LOOKS: Final = 6


async def take(demo: Demo, page: Page, pictures: Path) -> None:
    """Take all pictures."""
    await sign_in(demo.home, page)
    with step("Taking the dashboard"):
        await page.size(_WIDTH, 1130)
        await page.show(demo.home.url, "statistics-chart")
        await page.wait("hui-logbook-card")
        await save(page, pictures / "dashboard.png")
        await page.size(_PHONE, 844, phone=True)
        await save(page, pictures / "dashboard-phone.png")
        await page.show(f"{demo.home.url}/{DASHBOARD}/accounts", "statistics-chart")
        await save(page, pictures / "account-phone.png")
    with step("Taking the forms"):
        add = f"{demo.home.url}/config/integrations/dashboard/add?domain={DOMAIN}"
        await open_forms(page, add)
        await search_provider(page, "dee")
        await save(page, pictures / "choose-provider-phone.png")
        await choose_provider(page, "DeepSeek")
        key = next(it.key for it in INVITATIONS if it.key and it.provider == "DeepSeek")
        await enter_key(page, key)
        await page.wait("ha-form", "Warn below")
        await save(page, pictures / "choose-alerts-phone.png")
    with step("Taking a device"):
        await page.size(_WIDTH, 1250)
        device_id = demo.account(story_of("hyperstack")).device_id
        await page.show(
            f"{demo.home.url}/config/devices/device/{device_id}", "ha-device-entities-card"
        )
        await save(page, pictures / "device.png")
    with step("Taking the automation editor"):
        await page.size(_WIDTH, 900)
        await page.show(f"{demo.home.url}/config/automation/edit/new", "ha-button", "Add trigger")
        await page.click("ha-button", "Add trigger")
        await page.click("ha-button", "By type")
        await page.wait("ha-section-title", "Integrations")
        await page.run(
            "const ours = __all('ha-list-item-button').filter("
            "  e => e.innerText.trim() == 'API Credits').at(-1);"
            "ours.scrollIntoView(); ours.click();"
        )
        await page.wait("*", "Credit is low")
        await save(page, pictures / "automation-triggers.png")


async def save(page: Page, file: Path) -> None:
    """Write what the page looks like to a small file, once it moves no more."""
    picture = b""
    for _ in range(_LOOKS):
        if picture == (picture := await page.picture()):
            break
        await asyncio.sleep(2)
    await asyncio.to_thread(_write, picture, file)


def _write(picture: bytes, file: Path) -> None:
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").save(file, optimize=True)
    if (size := file.stat().st_size) > _LARGEST:
        raise BrowserError(f"{file.name} is too large: {size // 1000} kB")


async def _main(pictures: Path) -> None:
    find_chromium()
    with tempfile.TemporaryDirectory(
        prefix="api-credits-screenshot-", ignore_cleanup_errors=True
    ) as name:
        directory = Path(name)
        async with Demo(directory) as demo:
            await demo.set_up()
            with step("Waiting for an account to become low"):
                await demo.until_low()
            async with browse(directory / "chromium") as page:
                try:
                    await take(demo, page, pictures)
                except BrowserError:
                    await save(page, pictures / "failed.png")
                    raise


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, default=ROOT / "docs" / "images")
    options = parser.parse_args()
    options.pictures.mkdir(parents=True, exist_ok=True)
    try:
        asyncio.run(_main(options.pictures))
    except BrowserError as err:
        print(err, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
