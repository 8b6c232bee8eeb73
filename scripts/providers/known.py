"""What the page of providers says of one; of those that report costs, who have no contract."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from custom_components.api_credits.readings import (
    BALANCE,
    CALCULATED_BALANCE,
    LIMIT,
    RENEWS_AT,
    REPORTED_UNTIL,
    SET_AT,
    TOTAL,
    USED,
    Kind,
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is read of a provider, in which units, and where our knowledge comes from."""

    reads: tuple[Kind, ...]
    units: Collection[str]
    certainty: str
    sources: tuple[str, ...]
    unsure: str = ""
    confirmed: str = ""


_CALCULATED: Final = (CALCULATED_BALANCE, TOTAL, USED, REPORTED_UNTIL, SET_AT)
_CALCULATION: Final = "[How the balance is calculated](cost-reports.md)."
_OPENAI: Final = (
    "the provider's specification of 2026-08-21",
    "PostHog/posthog and steipete/CodexBar on what live answers are like",
)

REPORTS: Final = {
    "anthropic": Known(
        reads=_CALCULATED,
        units={"USD"},
        certainty="A",
        sources=(
            "the provider's API reference",
            "a program's probe of a live account, whose cents agreed with the Console",
        ),
        unsure="Whether the running day is reported is not sure. "
        f"What a Priority Tier costs is not in the report. {_CALCULATION}",
    ),
    "openai": Known(
        reads=_CALCULATED,
        units={"USD"},
        certainty="A",
        sources=_OPENAI,
        unsure=f"How late costs are reported is not documented. {_CALCULATION}",
    ),
    "openai_spend_limit": Known(
        reads=(BALANCE, LIMIT, USED, RENEWS_AT, REPORTED_UNTIL),
        units={"USD"},
        certainty="A",
        sources=_OPENAI,
        unsure="What is answered where no limit is set is not documented. "
        "[What is left of the month](cost-reports.md).",
    ),
}
