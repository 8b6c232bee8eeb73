"""DigitalOcean: the balance of an account with what was used this month; what is owed is negative.

Source: the provider's OpenAPI description (August 2026). It tells what is owed as a positive
number, inferred from its sample, which adds up. Unsure: USD is nowhere said, and how the new
accounts that pay in advance are told of here (their own call, prepayment_status, has no documented
sign).
"""

from datetime import timedelta
from decimal import Decimal

from yarl import URL

from ..client.credentials import Need, Rights, Secret
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, USED


class DigitalOcean(Provider):
    """A team at DigitalOcean."""

    key = "digitalocean"
    name = "DigitalOcean"
    website = "https://www.digitalocean.com"
    keys_url = "https://cloud.digitalocean.com/account/api/tokens"
    top_up_url = "https://cloud.digitalocean.com/account/billing"
    may_owe = True
    secret = Secret.API_TOKEN
    rights = Rights(Need.RIGHT, "billing:read")
    default_interval = timedelta(hours=1)

    base = URL("https://api.digitalocean.com/v2")
    path = "customers/my/balance"
    fields = (
        Field(
            path="month_to_date_balance",
            kind=BALANCE,
            unit="USD",
            scale=Decimal(-1),
            required=True,
        ),
        Field(path="month_to_date_usage", kind=USED, unit="USD"),
    )
    whoami = Whoami(
        path="account", id_path="account.team.uuid", instead="account.uuid", may_refuse=True
    )
