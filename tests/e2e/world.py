"""Accounts whose balances a test moves about, in one Home Assistant that counts what it is told."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
import time
from typing import Any, Final

import aiohttp

from sandbox.accounts import Account
from sandbox.home import Home, HomeError

from .counter import AT_ONCE, BEGUN, DELIVERED, ENDED, DeliveryCounter
from .disk import Disk
from .frontend import DOMAIN, Frontend
from .planting import about_the_integration, plant
from .reckoning import Crossing, Ending, Reckoning, delivered_all
from .watching import WatchedSandbox, sole

MOMENTS: Final = ("became_low", "exhausted", "recovered", "running_out", "topped_up")
PROVIDERS: Final = ("hyperstack", "sms_works", "openrouter", "deepseek")
LOW: Final = 20
PATIENCE: Final = 40.0
COOLDOWN: Final = 12.0
"""Within this time Home Assistant fulfils a wish to read an account again."""

_CENT: Final = Decimal("0.01")
_HIGHER: Final = 40
_AT_FIRST: Final = Decimal(90)
_CLEARLY: Final = 20
"""A rise of less than this part of what is there may be none that somebody pays for."""

type Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Automation:
    """An automation that delivers what it is told, half-way through an action of some seconds."""

    name: str
    seconds: float
    mode: str = "parallel"
    limit: int | None = 500

    def config(self, entities: Iterable[str]) -> Json:
        """Return it as the editor saves it."""
        pause = {"delay": {"milliseconds": self.seconds * 500}}
        actions = [self._tell(BEGUN), pause, self._tell(DELIVERED), pause, self._tell(ENDED)]
        return {
            "mode": self.mode,
            **({} if self.limit is None else {"max": self.limit}),
            "triggers": [
                {"trigger": f"{DOMAIN}.{moment}", "target": {"entity_id": list(entities)}}
                for moment in MOMENTS
            ],
            "actions": actions if self.seconds else [self._tell(AT_ONCE)],
        }

    def _tell(self, step: str) -> Json:
        return {
            "action": "rest_command.tell",
            "data": {
                "step": step,
                "automation": self.name,
                "run": "{{ context.id }}",
                "telling": "{{ context.parent_id }}",
                "entity": "{{ trigger.entity_id }}",
                "moment": "{{ trigger.to_state.attributes.event_type }}",
                "balance": "{{ trigger.to_state.attributes.balance }}",
            },
        }


QUICK: Final = Automation(name="quick", seconds=0)
PUSH: Final = Automation(name="push", seconds=0.3, mode="queued")
SLOW: Final = Automation(name="slow", seconds=5)
SLOW_QUEUE: Final = Automation(name="slow_queue", seconds=5, mode="queued")
HERD: Final = Automation(name="herd", seconds=0.3)
AUTOMATIONS: Final = (QUICK, PUSH, SLOW, SLOW_QUEUE, HERD)

GROUPS: Final = (
    ((QUICK,), 3),
    ((PUSH,), 3),
    ((QUICK, PUSH), 1),
    ((SLOW,), 3),
    ((QUICK, SLOW), 1),
    ((SLOW_QUEUE,), 2),
)
"""Which automations hear of how many accounts; a queue of slow ones is to take below a minute."""


class World:
    """Accounts, what is done to them, and what becomes of that."""

    def __init__(
        self,
        home: Home,
        sandbox: WatchedSandbox,
        counter: DeliveryCounter,
        disk: Disk,
        rng: Random,
    ) -> None:
        """Move balances as this generator of chance has it; the rest is the caller's."""
        self.home = home
        self.frontend = Frontend(home)
        self.sandbox = sandbox
        self.counter = counter
        self.disk = disk
        self.rng = rng
        self._moves = Random(rng.random())
        self.reckonings: dict[str, Reckoning] = {}
        self.endings: list[Ending] = []
        self.manners: Counter[str] = Counter()
        self.seconds: dict[str, float] = defaultdict(float)
        self.victims: list[str] = []
        self.herd: list[str] = []
        self.warnings: list[str] = []
        self.longest_reload = 0.0
        self.answers = 0
        self._living_since = 0.0
        self._entries: dict[str, str] = {}
        self._entities: dict[str, str] = {}
        self._used: set[tuple[str, Decimal]] = set()
        self._exempt: list[tuple[int, int]] = []
        sandbox.answered = self._answered

    async def settle_in(self, *, victims: int, herd: int) -> None:
        """Add the accounts and the automations, and end Home Assistant."""
        ordinary = [automations for automations, number in GROUPS for _ in range(number)]
        for number, automations in enumerate(ordinary):
            await self.add(PROVIDERS[number % len(PROVIDERS)], automations)
        self.victims = [
            await self.add(self.rng.choice(PROVIDERS), (QUICK,)) for _ in range(victims)
        ]
        self.herd = [await self.add("openrouter", (HERD,)) for _ in range(herd)]
        await self.automate(AUTOMATIONS)
        await self.home.stop()

    async def add(self, provider: str, automations: Iterable[Automation]) -> str:
        """Add an account that these automations are to hear of."""
        account: Account = plant(provider, str(_AT_FIRST))
        self.sandbox.accounts.add(account)
        entry_id = await self.frontend.add(account, low_balance=LOW)
        registered = await self.frontend.registered(entry_id)
        self._entries[account.id] = entry_id
        self._entities[account.id] = next(
            each["entity_id"]
            for key, each in registered.items()
            if key.startswith("balance") and each["entity_id"].startswith("sensor.")
        )
        self.counter.accounts[registered["account_activity"]["entity_id"]] = account.id
        self.reckonings[account.id] = Reckoning(
            account=account.id,
            balance=sole(account).amount,
            low_balance=Decimal(LOW),
            hearers=tuple(automation.name for automation in automations),
        )
        return account.id

    async def automate(self, automations: Iterable[Automation]) -> None:
        """Have automations hear of the accounts that they are to hear of."""
        for automation in automations:
            heard = [
                entity
                for entity, account in self.counter.accounts.items()
                if automation.name in self.reckonings[account].hearers
            ]
            if heard:
                await self.frontend.save_automation(automation.name, **automation.config(heard))

    @property
    def pid(self) -> int:
        """The process that Home Assistant runs in."""
        process = self.home._process
        assert process is not None
        return process.pid

    def open(self, *accounts: str) -> list[Crossing]:
        """Return what has yet to be delivered, of all accounts if not of these."""
        return [
            reckoning.last
            for reckoning in self._lasting(accounts)
            if reckoning.last and not self._is_settled(reckoning)
        ]

    def ready(self) -> list[str]:
        """Return the accounts whose balance may be moved: all was delivered that there was."""
        return [each.account for each in self._lasting(()) if self._is_settled(each)]

    def stir(self) -> None:
        """Move the balances of some of the accounts that are ready, and of the herd at once."""
        ready = self.ready()
        for account in ready:
            if account not in {*self.herd, *self.victims} and self._moves.random() < 0.5:
                self.move(account)
        if set(ready).issuperset(self.herd) and self._moves.random() < 0.3:
            for account in self.herd:
                self.move(account)

    def move(self, account: str, balance: Decimal | None = None) -> None:
        """Give an account this balance, or another that is worth telling."""
        reckoning = self.reckonings[account]
        balance = self._another(reckoning) if balance is None else balance
        reckoning.move(balance)
        sole(self.sandbox.accounts[account]).amount = balance

    async def poll(self, *accounts: str) -> None:
        """Have accounts read, all if not these: at once, or a little after the last such wish."""
        chosen = [each.account for each in self._lasting(accounts)]
        await self.frontend.poll(*(self._entities[account] for account in chosen))

    @asynccontextmanager
    async def stirring(self) -> AsyncGenerator[None]:
        """Meanwhile, move balances and have them read, every now and then."""

        async def stir() -> None:
            while True:
                self.stir()
                with suppress(aiohttp.ClientError, HomeError):
                    await self.poll()
                await asyncio.sleep(self._moves.uniform(0.1, 2))

        task = asyncio.create_task(stir())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def live(self) -> None:
        """Have Home Assistant run, with news from the start if it did not run before."""
        if not self.home.running:
            if self._moves.random() < 0.7:
                self.stir()
            self._living_since = time.monotonic()
            await self.home.start()

    async def kill(self, manner: str) -> None:
        """End Home Assistant at once."""
        ending = self._begin(manner)
        await self.home.kill()
        ending.over = time.monotonic()
        self.sandbox.release()

    async def stop(self, manner: str) -> None:
        """End Home Assistant as it should be ended, and see what it says of that."""
        start = self.log_size()
        ending = self._begin(manner)
        await self.home.stop()
        ending.over = time.monotonic()
        self._note_warnings(start, self.log_size())
        self.sandbox.release()

    async def restart(self, manner: str) -> None:
        """Have Home Assistant restart itself."""
        start = self.log_size()
        ending = self._begin(manner)
        with suppress(aiohttp.ClientError, HomeError, TimeoutError):
            await self.frontend.act("homeassistant.restart")
        async with asyncio.timeout(PATIENCE):
            while await self._is_running():
                await asyncio.sleep(0.02)
            self._living_since = time.monotonic()
        async with asyncio.timeout(120):
            while not await self._is_running():
                await asyncio.sleep(0.1)
        ending.over = time.monotonic()
        # It goes on to stop, and to warn, when it answers no more.
        self._note_warnings(start, self.log_size())

    async def reload(self, manner: str, *accounts: str) -> None:
        """Reload accounts, one after the other."""
        ending = self._begin(manner, *accounts)
        for account in accounts:
            began = time.monotonic()
            await self.frontend.reload(self._entries[account])
            self.longest_reload = max(self.longest_reload, time.monotonic() - began)
        ending.over = time.monotonic()

    async def delete(self, manner: str, account: str) -> None:
        """Remove an account: nothing may be told of it any more."""
        ending = self._begin(manner, account)
        await self.frontend.remove(self._entries[account])
        ending.over = self.reckonings[account].deleted_at = time.monotonic()

    async def breathe(self) -> None:
        """Let Home Assistant run undisturbed until all is delivered, and give up what is not."""
        await self.live()
        if self.open():
            await self.poll()
            await self.counter.until(lambda: not self.open(), within=PATIENCE)
        await self.counter.until(self.is_quiet, within=PATIENCE)
        for crossing in self.open():
            crossing.given_up = True

    async def breathe_if_stuck(self) -> None:
        """Let Home Assistant catch up where most accounts still have something to tell."""
        if len(self.open()) * 2 > len(self.lasting()):
            await self.breathe()

    def is_quiet(self) -> bool:
        """Tell whether all automations have ended that began to act in this life."""
        return all(
            run.ended for run in self.counter.runs.values() if run.begun > self._living_since
        )

    def lasting(self) -> list[str]:
        """Return the accounts that are not deleted."""
        return [each.account for each in self._lasting(())]

    def prompt(self) -> list[str]:
        """Return the accounts that are ready and whose automations are done within a second."""
        fast = {QUICK.name, PUSH.name}
        return [
            account
            for account in self.ready()
            if account not in self.victims and fast.issuperset(self.reckonings[account].hearers)
        ]

    async def until_answered(self, *accounts: str) -> None:
        """Have accounts read, and wait until each was given an answer from now on."""
        since = time.monotonic()
        await self.poll(*accounts)
        crossings = [crossing for each in accounts if (crossing := self.reckonings[each].last)]
        deadline = since + COOLDOWN
        while time.monotonic() < deadline and not all(
            any(at > since for at in crossing.answered) for crossing in crossings
        ):
            await asyncio.sleep(0.05)

    def broken(self, start: int) -> None:
        """Accept what is logged from there until now: the disk was broken."""
        self._exempt.append((start, self.log_size()))

    def resurrected(self) -> list[str]:
        """Return the accounts that were deleted and whose files are there nevertheless."""
        return [
            each.account
            for each in self.reckonings.values()
            if each not in self._lasting(()) and self.file(each.account).exists()
        ]

    def file(self, account: str) -> Path:
        """Return the file that is an account's own."""
        return self.disk.folder / f"{DOMAIN}.{self._entries[account]}"

    def writings(self) -> dict[str, int]:
        """Return when the accounts' files were last written."""
        times = {}
        for each in self._lasting(()):
            with suppress(FileNotFoundError):
                times[each.account] = self.file(each.account).stat().st_mtime_ns
        return times

    def log_size(self) -> int:
        """Return how much Home Assistant has printed."""
        return self.home.console_file.stat().st_size

    def log(self) -> list[str]:
        """Return what Home Assistant has printed, but for the times when the disk was broken."""
        content = self.home.console_file.read_bytes()
        for start, end in sorted(self._exempt, reverse=True):
            content = content[:start] + content[end:]
        return content.decode(errors="replace").splitlines()

    def _begin(self, manner: str, *accounts: str) -> Ending:
        self.manners[manner] += 1
        ending = Ending(manner=manner, began=time.monotonic(), accounts=frozenset(accounts))
        self.endings.append(ending)
        return ending

    def _answered(self, account: str, balance: Decimal, at: float) -> None:
        self.answers += 1
        if reckoning := self.reckonings.get(account):
            reckoning.answer(balance, at)

    def _lasting(self, accounts: Iterable[str]) -> list[Reckoning]:
        """Return these accounts, or all, but for those that are deleted."""
        chosen = set(accounts) or self.reckonings.keys()
        return [
            each
            for each in self.reckonings.values()
            if each.account in chosen and each.deleted_at > time.monotonic()
        ]

    def _is_settled(self, reckoning: Reckoning) -> bool:
        last = reckoning.last
        return (
            last is None
            or last.given_up
            or delivered_all(last, reckoning.hearers, self.counter.deliveries)
        )

    def _another(self, reckoning: Reckoning) -> Decimal:
        """Return a balance for an account that it has not had yet.

        What rises rises clearly, and well above what was there before, lest it be a refund, or the
        end of a wrong reading.
        """
        had = [amount for account, amount in self._used if account == reckoning.account]
        highest = int(max([*had, _AT_FIRST]))
        step = max(_HIGHER, highest // _CLEARLY)
        high = (highest + step, highest + 2 * step)
        if not reckoning.alerts:
            bounds = self._moves.choices([(2, 9), (-40, -1), high], [6, 2, 2])[0]
        elif "exhausted" in reckoning.alerts:
            again = any(14 <= amount <= 19 for amount in had)
            bounds = self._moves.choices([high, (14, 18)], [8, 0 if again else 2])[0]
        else:
            bounds = self._moves.choices([high, (-40, -1)], [7, 3])[0]
        amount = Decimal(self._moves.randint(*bounds))
        while (reckoning.account, amount) in self._used:
            amount += _CENT
        self._used.add((reckoning.account, amount))
        return amount

    async def _is_running(self) -> bool:
        with suppress(aiohttp.ClientError, HomeError, TimeoutError):
            async with asyncio.timeout(5):
                return bool((await self.home.get("/api/config"))["state"] == "RUNNING")
        return False

    def _note_warnings(self, start: int, end: int) -> None:
        with self.home.console_file.open("rb") as console:
            console.seek(start)
            lines = console.read(end - start).decode(errors="replace").splitlines()
        self.warnings += [line for line in lines if "was still running after" in line]
        self.warnings += about_the_integration(
            line for line in lines if "was still running after" not in line
        )


def configuration(counter: DeliveryCounter) -> str:
    """Return the YAML of an action that tells the counter."""
    names = ("step", "automation", "run", "telling", "entity", "moment", "balance")
    content = ", ".join(f"'{name}': {name}" for name in names)
    return f"""
rest_command:
  tell:
    url: {counter.url}
    method: post
    content_type: application/json
    payload: >-
      {{{{ {{{content}}} | to_json }}}}
"""
