"""The story that the demo tells: six prepaid accounts, watched for two weeks already."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from sandbox.accounts import SOLE, Account, Balance
from sandbox.samples import samples

SPEED: Final = 60
"""How much faster time goes by at the simulated providers, so that one sees balances fall."""

_DAY: Final = 86400


@dataclass(frozen=True, kw_only=True)
class Purse:
    """A balance: what is left of it, what is spent a day, and who topped it up how long ago."""

    left: Decimal
    per_day: Decimal
    step: Decimal = Decimal(1)
    top_ups: Mapping[int, Decimal] = field(default_factory=dict)
    """Amounts, by how many days ago."""
    weekend: float = 1.0
    """How much is spent on Saturdays and Sundays, compared with other days."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """An account of the sandbox, and what its owner wants to be told of it."""

    account: str
    """Its id in the sandbox, which is also the key of its provider."""
    name: str
    purses: Mapping[str, Purse]
    """By the name that the sandbox has for the balance."""
    low_balance: float
    runway_days: int
    refill: Decimal
    choice: str | None = None
    """Which of the accounts that the credentials reach."""

    def answers(self, key: str | None) -> dict[str, Any]:
        """Return what is filled in to add the account, form by form."""
        return {
            "user": {"provider": self.account},
            "credentials": {"api_key": key},
            "account": {"account": self.choice},
            "alerts": {"low_balance": self.low_balance, "runway_days": self.runway_days},
        }

    @property
    def refilled(self) -> str:
        """The name of the balance that is topped up."""
        return list(self.purses)[-1]


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A key for visitors to try."""

    provider: str
    text: str
    account: str | None = None
    """The id in the sandbox of the account that it is like; none if the key opens nothing."""
    key: str | None = None
    """None if it is that account's own."""
    purses: Mapping[str, Purse] = field(default_factory=dict)


STORIES: Final = (
    Story(
        account="agenttoolkit",
        name="AgentToolkit",
        purses={
            SOLE: Purse(
                left=Decimal(1840),
                per_day=Decimal(95),
                top_ups={8: Decimal(1000)},
                weekend=0.3,
            )
        },
        low_balance=400,
        runway_days=7,
        refill=Decimal(1000),
    ),
    Story(
        account="deepseek",
        name="DeepSeek",
        purses={
            "USD": Purse(left=Decimal("12.50"), per_day=Decimal("1.05"), step=Decimal("0.01")),
        },
        low_balance=5,
        runway_days=7,
        refill=Decimal(20),
    ),
    # The first to get low: it is a little above what its owner wants to keep.
    Story(
        account="hyperstack",
        name="Hyperstack",
        purses={
            SOLE: Purse(
                left=Decimal("25.29"),
                per_day=Decimal("7.60"),
                step=Decimal("0.01"),
                top_ups={9: Decimal(75)},
            )
        },
        low_balance=25,
        runway_days=2,
        refill=Decimal(75),
    ),
    Story(
        account="openrouter",
        name="OpenRouter",
        purses={
            SOLE: Purse(
                left=Decimal("41.30"),
                per_day=Decimal("3.40"),
                step=Decimal("0.01"),
                top_ups={13: Decimal(50)},
                weekend=0.5,
            )
        },
        low_balance=10,
        runway_days=7,
        refill=Decimal(50),
    ),
    # Not low yet, but running out.
    Story(
        account="sms_works",
        name="The SMS Works",
        purses={
            SOLE: Purse(
                left=Decimal(180),
                per_day=Decimal(42),
                top_ups={11: Decimal(500)},
                weekend=0.4,
            )
        },
        low_balance=50,
        runway_days=7,
        refill=Decimal(500),
    ),
    Story(
        account="stability_ai",
        name="Stability AI",
        purses={
            "org-sandbox-studio": Purse(
                left=Decimal("633.68"), per_day=Decimal(65), top_ups={6: Decimal(500)}
            )
        },
        low_balance=100,
        runway_days=7,
        refill=Decimal(500),
        choice="org-sandbox-studio",
    ),
)

TOPPED_UP: Final = "openrouter"
"""The account that somebody tops up while the demo is being set up."""

INVITATIONS: Final = (
    Invitation(
        provider="Stability AI",
        text="the same key once more: it reaches a second organisation",
        account="stability_ai",
        purses={"org-sandbox-personal": Purse(left=Decimal(25), per_day=Decimal(1))},
    ),
    Invitation(
        provider="DeepSeek",
        text="a second account, which nobody tops up",
        account="deepseek",
        key="demo-deepseek-second-key",
        purses={"USD": Purse(left=Decimal("3.20"), per_day=Decimal(2))},
    ),
    Invitation(
        provider="OpenAI",
        text="it tells only what was spent, so the form asks what is left",
        account="openai",
    ),
    Invitation(
        provider="OpenRouter",
        text="a key that is wrong, to see what is said of it",
        key="demo-openrouter-wrong-key",
    ),
)
"""What the demo leaves to its visitors to add."""


def story_of(account: str) -> Story:
    """Return the story of an account of the sandbox."""
    return next(story for story in STORIES if story.account == account)


def accounts() -> list[Account]:
    """Return the sandbox's accounts as they are when the story begins."""
    told = {account.id: account for account in samples()}
    for story in STORIES:
        told[story.account].balances = _balances(story.purses)
    for invitation in INVITATIONS:
        if not invitation.account:
            continue
        account = told[invitation.account]
        if invitation.key:
            account = replace(account, id=invitation.key, key=invitation.key, balances={})
            told[account.id] = account
        account.balances |= _balances(invitation.purses)
    return list(told.values())


def _balances(purses: Mapping[str, Purse]) -> dict[str, Balance]:
    return {
        scope: Balance(amount=purse.left, drain=purse.per_day / _DAY)
        for scope, purse in purses.items()
    }
