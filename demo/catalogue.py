"""An account at every provider there is."""

from pathlib import Path
import sys
from typing import override

from contracts import load_contracts
from sandbox.samples import samples

from .progress import step
from .stage import Stage, require
from .story import SPEED
from .watch import BALANCE


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
        contracts = load_contracts()
        for account in self.sandbox.accounts:
            contract = contracts[account.provider]
            identities = [*account.identities, *(each.id for each in contract.identities)]
            answers = {
                "user": {"provider": account.provider},
                "credentials": {**contract.credentials, "api_key": account.key},
                "account": {"account": next(iter(identities), None)},
                "alerts": {},
            }
            await self.add(contract.name, answers)
        with step("Waiting for their balances"):
            await self.until_set_up()
            require(await self.missing())
