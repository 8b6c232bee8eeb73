"""Accounts whose balances a test moves about, in one Home Assistant that counts what it is told."""

from collections import Counter
from decimal import Decimal
from random import Random
from typing import Any, Final

from aiohttp import web

from sandbox.accounts import Account
from sandbox.home import Home
from sandbox.sandbox import Sandbox

from .counter import DeliveryCounter, Told
from .frontend import DOMAIN, Frontend
from .history import memory_file, write_history
from .planting import plant
from .reckoning import Reckoning

MOMENTS: Final = ("became_low", "exhausted", "recovered", "running_out", "topped_up")
LOW: Final = 20
RUNWAY_DAYS: Final = 5
SPENT_PER_DAY: Final = 10.0
BALANCE_PATHS: Final = ("/user-credit/credit", "/credits", "/credits/balance")

type Json = dict[str, Any]


class World:
    """Accounts, two of which have a past and may run out, and what they have to tell."""

    def __init__(self, home: Home, sandbox: Sandbox, counter: DeliveryCounter, rng: Random) -> None:
        """Move balances as this generator of chance has it."""
        self.home = home
        self.sandbox = sandbox
        self.counter = counter
        self.rng = rng
        self.reckonings: dict[str, Reckoning] = {}
        self.windows: Counter[Told] = Counter()
        self.lost: dict[Told, str] = {}
        self._entities: dict[str, str] = {}
        self._used: set[tuple[str, Decimal]] = set()
        for provider in sandbox.providers.values():
            _watch(provider, self.reckonings)

    async def settle_in(self) -> None:
        """Add the accounts and the automations, give one a past, and end Home Assistant."""
        frontend = Frontend(self.home)
        for provider in ("hyperstack", "sms_works", "openrouter") * 2:
            await self._add(frontend, plant(provider, "90"), low_balance=LOW)
        runners = [plant("hyperstack", "100") for _ in range(2)]
        for runner in runners:
            await self._add(frontend, runner, runway_days=RUNWAY_DAYS)
        for moment in MOMENTS:
            await frontend.save_automation(moment, **self._automation(moment))
        await self.home.stop()
        for runner in runners:
            write_history(self.reckonings[runner.id].file, spent_per_day=SPENT_PER_DAY)
            self.reckonings[runner.id].rate = SPENT_PER_DAY
        for reckoning in self.reckonings.values():
            reckoning.served.clear()

    def stir(self) -> None:
        """Let the balances of some accounts fall, recover, or be topped up."""
        for reckoning in self.reckonings.values():
            if self.rng.random() < 0.5:
                account = self.sandbox.accounts[reckoning.account]
                account.balance.amount = self._another(reckoning)

    async def poll(self) -> None:
        """Have all accounts read: at once, or within ten seconds of the last such wish."""
        await Frontend(self.home).poll(*self._entities.values())

    def settle(self, circumstances: str) -> None:
        """Reckon with what a Home Assistant that has just died has recorded.

        What was delivered and is nevertheless recorded as yet to tell will be delivered again.
        What was neither delivered nor is recorded as yet to tell never will be.
        """
        for reckoning in self.reckonings.values():
            reckoning.settle()
            untold = reckoning.untold()
            self.windows.update(told for told in untold if self.counter.told[told])
            for told in reckoning.expected.keys() - untold - self.counter.told.keys():
                self.lost.setdefault(told, circumstances)

    @property
    def expected(self) -> Counter[Told]:
        """What there is to tell of all accounts, as of the last settling."""
        return sum((each.expected for each in self.reckonings.values()), Counter())

    async def _add(self, frontend: Frontend, account: Account, **alerts: Any) -> None:
        account.balance.floor = None
        self.sandbox.accounts.add(account)
        entry_id = await frontend.add(account, **alerts)
        registered = await frontend.registered(entry_id)
        self._entities[account.id] = registered["balance"]["entity_id"]
        self.counter.accounts[registered["account_activity"]["entity_id"]] = account.id
        self.reckonings[account.id] = Reckoning(
            account=account.id,
            file=memory_file(self.home, entry_id),
            balance=account.balance.amount,
            low_balance=alerts.get("low_balance"),
            runway_days=alerts.get("runway_days"),
            smallest_top_up=10 if account.provider == "sms_works" else 1,
        )

    def _another(self, reckoning: Reckoning) -> Decimal:
        """Return a balance for an account that it has not had yet."""
        if reckoning.runway_days:
            amount = reckoning.next_crossing()
        else:
            bounds = self.rng.choice([(-40, -1), (1, LOW - 1), (LOW + 1, 60), (100, 400)])
            amount = Decimal(self.rng.randint(*bounds))
        while (reckoning.account, amount) in self._used:
            amount += Decimal("0.01")
        self._used.add((reckoning.account, amount))
        return amount

    def _automation(self, moment: str) -> Json:
        return {
            "mode": "parallel",
            "max": 100,
            "triggers": [
                {
                    "trigger": f"{DOMAIN}.{moment}",
                    "target": {"entity_id": list(self.counter.accounts)},
                }
            ],
            "actions": [
                {
                    "action": "rest_command.tell",
                    "data": {
                        "entity": "{{ trigger.entity_id }}",
                        "moment": moment,
                        "balance": "{{ trigger.to_state.attributes.balance }}",
                    },
                }
            ],
        }


def configuration(counter: DeliveryCounter) -> str:
    """Return the YAML of an action that tells the counter."""
    return f"""
rest_command:
  tell:
    url: {counter.url}
    method: post
    content_type: application/json
    payload: >-
      {{{{ {{'entity': entity, 'moment': moment, 'balance': balance}} | to_json }}}}
"""


def _watch(provider: Any, reckonings: dict[str, Reckoning]) -> None:
    """Note every balance that a provider answers with, in order."""
    respond = provider.respond

    def noted(request: web.BaseRequest, account: Account | None) -> web.Response:
        response: web.Response = respond(request, account)
        if account and account.id in reckonings and request.path.endswith(BALANCE_PATHS):
            reckonings[account.id].serve(account.balance.amount)
        return response

    provider.respond = noted
