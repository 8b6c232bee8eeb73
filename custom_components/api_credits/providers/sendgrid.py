"""SendGrid: what is left of a plan's period; a credit is an e-mail.

Source: the provider's OpenAPI description (January 2026) and page on the call, its Python SDK
6.12.5, and reports of what a key without the scope or at a strange address gets. E-mails beyond the
plan (`overage`) are not read. The id comes from a second call, which wants a scope of its own
(user.username.read), so a key may not be allowed to ask.
"""

from yarl import URL

from ..client.credentials import Need, Region, Rights
from ..client.declared import Refusal, Whoami
from ..client.errors import ForbiddenError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, LIMIT, RENEWS_AT, USED


class SendGrid(Provider):
    """A user of SendGrid."""

    key = "sendgrid"
    name = "SendGrid"
    website = "https://sendgrid.com"
    keys_url = "https://app.sendgrid.com/settings/api_keys"
    top_up_url = "https://app.sendgrid.com/account/billing"
    rights = Rights(Need.RIGHT, "user.credits.read")

    base = URL("https://api.sendgrid.com/v3")
    regions = {
        "international": Region(base=base),
        "eu": Region(base=URL("https://api.eu.sendgrid.com/v3")),
    }
    path = "user/credits"
    refusals = (Refusal(means=ForbiddenError, status=401, word="IP Address is not whitelisted"),)
    fields = (
        Field(path="remain", kind=BALANCE, unit="credits", required=True),
        Field(path="total", kind=LIMIT, unit="credits"),
        Field(path="used", kind=USED, unit="credits"),
        Field(path="next_reset", kind=RENEWS_AT),
    )
    whoami = Whoami(path="user/username", id_path="user_id", may_refuse=True)
