"""OpenAI: prepaid credit; the costs of the organization by the day, with an admin key."""

from datetime import timedelta
from typing import ClassVar, Final

from yarl import URL

from ..client.credentials import Need, Rights, Secret
from ..client.declared import Refusal
from ..client.errors import HistoryGoneError, NotAdminError
from ..client.reports import Calculated, Report

MISSING_SCOPE: Final = "api.usage.read"


class OpenAI(Calculated):
    """The costs of an organization, of all its projects."""

    key = "openai"
    name = "OpenAI"
    website = "https://openai.com"
    keys_url = "https://platform.openai.com/settings/organization/admin-keys"
    top_up_url = "https://platform.openai.com/settings/organization/billing/overview"
    secret = Secret.ADMIN_KEY
    rights = Rights(Need.ADMIN, "Admin key")
    base = URL("https://api.openai.com")
    default_interval: ClassVar[timedelta] = timedelta(minutes=30)
    report = Report(
        path="v1/organization/costs",
        size=180,
        start="start_time",
        end="end_time",
        written=lambda at: str(int(at.timestamp())),
        begins="start_time",
        value="amount.value",
        unit="amount.currency",
    )
    refusals = (
        Refusal(means=NotAdminError, status=401, word=MISSING_SCOPE),
        Refusal(means=NotAdminError, status=403, word=MISSING_SCOPE),
        Refusal(
            means=HistoryGoneError,
            status=400,
            word="reporting_lookback_exceeded",
            path="error.code",
        ),
    )
