"""DataForSEO: the money that is left, and what was deposited in all.

Source: the provider's documentation and its Python SDK 2.1.10. The login is an e-mail address, and
so no identity; the answer tells no other. What goes wrong may be told within an answer of 200, for
the whole of it or for its only task: so it is where an account admits only certain internet
addresses, and this one is not among them.
"""

from yarl import URL

from ..client.credentials import API_KEY, USERNAME, Basic, Secret
from ..client.declared import Refusal
from ..client.errors import ForbiddenError, InvalidCredentialsError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, TOTAL

_MONEY = "tasks.0.result.0.money"


class DataForSeo(Provider):
    """An account at DataForSEO."""

    key = "dataforseo"
    name = "DataForSEO"
    website = "https://dataforseo.com"
    keys_url = "https://app.dataforseo.com/api-access"
    top_up_url = "https://dataforseo.com"
    secret = Secret.API_PASSWORD

    credentials = (USERNAME, API_KEY)
    auth = Basic("username")
    base = URL("https://api.dataforseo.com/v3")
    path = "appendix/user_data"
    success = {"status_code": 20000, "tasks.0.status_code": 20000}
    refusals = (
        Refusal(means=InvalidCredentialsError, path="status_code", word="40100"),
        Refusal(means=ForbiddenError, path="status_code", word="40207"),
    )
    fields = (
        Field(path=f"{_MONEY}.balance", kind=BALANCE, unit="USD", required=True),
        Field(path=f"{_MONEY}.total", kind=TOTAL, unit="USD"),
    )
