"""Shodan: credits to query and credits to scan, which renew at the start of each month.

Source: the provider's documentation and its Python SDK 1.31.0. The key goes in the address, there
is no other way. A limit of −1 is none. The date of the renewal and an account's id are not told.
"""

from decimal import Decimal

from yarl import URL

from ..client.credentials import Query
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, LIMIT, PLAN

_NONE = Decimal(-1)


class Shodan(Provider):
    """An API plan at Shodan."""

    key = "shodan"
    name = "Shodan"
    website = "https://www.shodan.io"
    keys_url = "https://account.shodan.io"
    top_up_url = "https://www.shodan.io"

    auth = Query("key")
    base = URL("https://api.shodan.io")
    path = "api-info"
    fields = (
        Field(path="query_credits", kind=BALANCE, unit="credits", scope="Query", required=True),
        Field(path="scan_credits", kind=BALANCE, unit="credits", scope="Scan", required=True),
        Field(
            path="usage_limits.query_credits",
            kind=LIMIT,
            unit="credits",
            scope="Query",
            unlimited=_NONE,
        ),
        Field(
            path="usage_limits.scan_credits",
            kind=LIMIT,
            unit="credits",
            scope="Scan",
            unlimited=_NONE,
        ),
        Field(path="plan", kind=PLAN),
    )
