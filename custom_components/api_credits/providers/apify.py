"""Apify: what may still be used this month, of the limit that the account's owner has set.

Source: the provider's OpenAPI description (August 2026) and its Python SDK 3.4.0. The limit is what
may be spent, not what was paid: the plan's included credit may be less.
"""

from yarl import URL

from ..client.credentials import Secret
from ..client.declared import Whoami
from ..client.fields import Field, allowance
from ..client.provider import Provider
from ..readings import RENEWS_AT


class Apify(Provider):
    """A user or organisation at Apify."""

    key = "apify"
    name = "Apify"
    website = "https://apify.com"
    keys_url = "https://console.apify.com/settings/integrations"
    top_up_url = "https://console.apify.com/billing#/limits"
    secret = Secret.API_TOKEN

    base = URL("https://api.apify.com/v2")
    path = "users/me/limits"
    fields = (
        *allowance(
            limit="data.limits.maxMonthlyUsageUsd",
            used="data.current.monthlyUsageUsd",
            unit="USD",
        ),
        Field(path="data.monthlyUsageCycle.endAt", kind=RENEWS_AT),
    )
    whoami = Whoami(path="users/me", id_path="data.id", title_path="data.username", may_lack=True)
