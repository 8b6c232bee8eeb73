"""Pushover: messages that are left this month.

Source: the provider's API page (limits), its blog on limits of April 2026 and its support pages.
Since May 2026 all applications of an account share one pool, so any of their tokens shows the same.
The limit renews at the start of a month in US Central time. The provider tells no id. It blocks an
address that collects refusals, and asks for few connections: it is asked once an hour.
"""

from datetime import timedelta

from yarl import URL

from ..client.credentials import Query, Secret
from ..client.declared import Refusal
from ..client.errors import InvalidCredentialsError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, LIMIT, RENEWS_AT


class Pushover(Provider):
    """An application at Pushover, for the messages of its account."""

    key = "pushover"
    name = "Pushover"
    website = "https://pushover.net"
    keys_url = "https://pushover.net/apps"
    top_up_url = "https://pushover.net"
    secret = Secret.API_TOKEN

    auth = Query("token")
    default_interval = timedelta(hours=1)
    base = URL("https://api.pushover.net/1")
    path = "apps/limits.json"
    success = {"status": 1}
    refusals = (
        Refusal(means=InvalidCredentialsError, status=400, word="invalid", path="token"),
        Refusal(means=InvalidCredentialsError, status=404, word="invalid", path="token"),
    )
    fields = (
        Field(
            path="remaining",
            instead="app_remaining",
            kind=BALANCE,
            unit="messages",
            required=True,
        ),
        Field(path="limit", instead="app_limit", kind=LIMIT, unit="messages"),
        Field(path="reset", instead="app_reset", kind=RENEWS_AT),
    )
