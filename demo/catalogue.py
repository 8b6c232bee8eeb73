"""An account at every provider there is, and at a service that is none."""

from collections.abc import Iterator
from pathlib import Path
import sys
from typing import Any, override

from contracts import load_contracts
from custom_components.api_credits.providers import PROVIDERS
from sandbox.accounts import SOLE, Account
from sandbox.samples import samples

from .progress import step
from .stage import SERVICE_KEY, Stage, require
from .story import SPEED
from .watch import BALANCE

type Answers = dict[str, dict[str, Any]]


class Catalogue(Stage):
    """All providers, with an account each that is added through the config flow."""

    figures = (BALANCE,)

    def __init__(
        self,
        directory: Path,
        *,
        port: int | None = None,
        python: Path = Path(sys.executable),
        speed: int = SPEED,
    ) -> None:
        """Keep everything in this directory."""
        super().__init__(directory, samples(), port=port, python=python, speed=speed)

    @override
    async def set_up(self) -> None:
        for provider, answers in self._accounts():
            user = {"user": {"provider": provider}, "alerts": {}}
            await self.add(PROVIDERS.choices[provider], user | answers)
        with step("Waiting for their balances"):
            await self.until_set_up()
            require(await self.missing())

    def _accounts(self) -> Iterator[tuple[str, Answers]]:
        """Yield what is filled in to add each account."""
        contracts = load_contracts()
        for account in self.sandbox.accounts:
            if contract := contracts.get(account.provider):
                known = [*account.identities, *(each.id for each in contract.identities)]
                yield (
                    account.provider,
                    {
                        "credentials": {**contract.credentials, "api_key": account.key},
                        "account": {"account": known[0]},
                    },
                )
            else:
                yield account.provider, _that_reports_costs(account)
        admin_key = {"api_key": self.sandbox.accounts["openai"].key}
        yield "openai_spend_limit", {"credentials": admin_key}
        yield "custom", self._service()

    def _service(self) -> Answers:
        """Return what is filled in to add the service, whose only number is the balance."""
        return {
            "custom": {
                "name": "Another service",
                "url": self.service.url("flat"),
                "auth": "bearer",
                "secret": SERVICE_KEY,
            },
            "custom_balance": {"balance": "1", "unit": "USD"},
            "custom_confirm": {"next_step_id": "custom_done"},
        }


def _that_reports_costs(account: Account) -> Answers:
    """Return what is filled in to add an account whose balance is calculated."""
    left = account.balances[SOLE].amount
    return {
        "credentials": {"api_key": account.key},
        "balance_now": {"balance_now": float(left)},
    }
