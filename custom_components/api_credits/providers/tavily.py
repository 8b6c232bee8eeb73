"""Tavily: the credits of a plan; beside them pay as you go, and what the key alone may use.

Source: the provider's API reference; values from a program's test. A limit that is null is none; no
pay as you go is a limit of 0. Credits come back every month, on a day that the answer does not
tell.
"""

from decimal import Decimal

from yarl import URL

from ..client.fields import Field, allowance
from ..client.provider import Provider
from ..readings import BALANCE, LIMIT, PLAN, USED


class Tavily(Provider):
    """An account at Tavily."""

    key = "tavily"
    name = "Tavily"
    website = "https://tavily.com"
    keys_url = "https://app.tavily.com/home"
    top_up_url = "https://app.tavily.com/billing"

    base = URL("https://api.tavily.com")
    path = "usage"
    fields = (
        Field(path="account.plan_limit", minus="account.plan_usage", kind=BALANCE, unit="credits"),
        Field(path="account.plan_limit", kind=LIMIT, unit="credits"),
        Field(path="account.plan_usage", kind=USED, unit="credits", required=True),
        Field(path="account.current_plan", kind=PLAN),
        *allowance(
            limit="account.paygo_limit",
            used="account.paygo_usage",
            unit="credits",
            scope="Pay as you go",
            unlimited=Decimal(0),
            required=False,
        ),
        *allowance(
            limit="key.limit", used="key.usage", unit="credits", scope="Key", required=False
        ),
    )
