"""Serper: credits that were bought, and do not renew.

Source: programs that read it, one of them with an answer seen live; the provider documents no such
call, and may change it. A bad key gets 403. With no credits left, the call itself may get 429.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.declared import Refusal
from ..client.errors import InvalidCredentialsError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Serper(Provider):
    """An account at Serper."""

    key = "serper"
    name = "Serper"
    website = "https://serper.dev"
    keys_url = "https://serper.dev"
    top_up_url = "https://serper.dev"

    auth = Header("X-API-KEY")
    base = URL("https://google.serper.dev")
    path = "account"
    refusals = (Refusal(means=InvalidCredentialsError, status=403, word="Unauthorized"),)
    fields = (Field(path="balance", kind=BALANCE, unit="credits", required=True),)
