"""SMTP2GO: the e-mails that are left of a plan's monthly cycle.

Source: the provider's documentation and OpenAPI description 3.0.4, and tests of its Python SDK. A
key without the right gets a 400; programs have met it in a 200 too. The provider tells no id.
"""

from yarl import URL

from ..client.credentials import Header, Need, Rights
from ..client.declared import Refusal
from ..client.errors import ForbiddenError, InvalidCredentialsError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, LIMIT, RENEWS_AT, USED


class Smtp2go(Provider):
    """An account at SMTP2GO."""

    key = "smtp2go"
    name = "SMTP2GO"
    website = "https://www.smtp2go.com"
    keys_url = "https://app.smtp2go.com/sending/apikeys/"
    top_up_url = "https://www.smtp2go.com"
    rights = Rights(Need.RIGHT, "/stats/email_cycle")

    auth = Header("X-Smtp2go-Api-Key")
    base = URL("https://api.smtp2go.com/v3")
    path = "stats/email_cycle"
    method = "POST"
    json = {}
    success = {"data.error_code": None}
    refusals = (
        Refusal(means=ForbiddenError, word="ENDPOINT_PERMISSION_DENIED"),
        Refusal(means=ForbiddenError, status=400, word="ENDPOINT_PERMISSION_DENIED"),
        Refusal(means=InvalidCredentialsError, status=400, word="The API Key passed was not"),
    )
    fields = (
        Field(path="data.cycle_remaining", kind=BALANCE, unit="emails", required=True),
        Field(path="data.cycle_max", kind=LIMIT, unit="emails"),
        Field(path="data.cycle_used", kind=USED, unit="emails"),
        Field(path="data.cycle_end", kind=RENEWS_AT),
    )
