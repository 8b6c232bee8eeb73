"""VoIP.ms: the prepaid money of an account, in US dollars.

Source: the provider's examples, copies of its API documentation and programs that read the balance.
The currency is not in the answer. A form keeps the password out of the address, where most programs
put it; that one works is seen in programs for this and other calls. Every error is a word in a 200.
The username is the account's e-mail address, so it is no identity.
"""

from yarl import URL

from ..client.credentials import API_KEY, USERNAME, Body, Need, Rights, Secret, Together
from ..client.declared import Refusal
from ..client.errors import ForbiddenError, InvalidCredentialsError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class VoipMs(Provider):
    """An account at VoIP.ms."""

    key = "voipms"
    name = "VoIP.ms"
    website = "https://voip.ms"
    keys_url = "https://voip.ms/m/api.php"
    top_up_url = "https://voip.ms"
    secret = Secret.API_PASSWORD
    rights = Rights(Need.ADDRESS, "SOAP and REST/JSON API")

    credentials = (USERNAME, API_KEY)
    auth = Together(Body("api_username", "username"), Body("api_password"))
    base = URL("https://voip.ms/api/v1")
    method = "POST"
    path = "rest.php"
    form = {"method": "getBalance", "content_type": "json"}
    success = {"status": "success"}
    refusals = (
        Refusal(means=InvalidCredentialsError, word="invalid_credentials", path="status"),
        Refusal(means=InvalidCredentialsError, word="missing_credentials", path="status"),
        Refusal(means=ForbiddenError, word="ip_not_enabled", path="status"),
        Refusal(means=ForbiddenError, word="api_not_enabled", path="status"),
    )
    fields = (Field(path="balance.current_balance", kind=BALANCE, unit="USD", required=True),)
