"""The sandbox runs as a command, and ends when it should."""

import asyncio
import json
from pathlib import Path
import signal
import sys
from typing import Any

import aiohttp

ROOT = Path(__file__).parent.parent.parent

PARENT = """
import os, subprocess, sys
arguments = ["-m", "sandbox", "--directory", sys.argv[1], "--parent", str(os.getpid())]
child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE)
print(child.pid, child.stdout.readline().decode(), flush=True)
os.kill(os.getpid(), 9)
"""


async def start(*arguments: str | Path) -> asyncio.subprocess.Process:
    """Start a Python process at the root of the repository."""
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )


async def read_line(process: asyncio.subprocess.Process) -> Any:
    """Return the first line that a process prints."""
    assert process.stdout is not None
    async with asyncio.timeout(30):
        return (await process.stdout.readline()).decode()


async def test_command(tmp_path: Path) -> None:
    """It says where it is, serves, and ends in an orderly way."""
    process = await start("-m", "sandbox", "--directory", tmp_path, "--speed", "60")
    ready = json.loads(await read_line(process))

    ca_file, hosts_file = tmp_path / "ca.pem", tmp_path / "hosts.json"
    assert (ready["ca_file"], ready["hosts_file"]) == (str(ca_file), str(hosts_file))
    assert ca_file.read_text().startswith("-----BEGIN CERTIFICATE-----")
    assert set(json.loads(hosts_file.read_text()).values()) == {ready["port"]}
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{ready['control_url']}/clock") as response,
    ):
        assert (await response.json())["speed"] == "60"

    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


async def test_parent_dies(tmp_path: Path) -> None:
    """It ends with its parent, even if that is killed."""
    parent = await start("-c", PARENT, tmp_path)
    child = int((await read_line(parent)).split()[0])
    assert await parent.wait() == -signal.SIGKILL

    async with asyncio.timeout(10):
        while _lives(child):
            await asyncio.sleep(0.05)


def _lives(pid: int) -> bool:
    """Tell whether a process runs, and is not merely unburied."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
