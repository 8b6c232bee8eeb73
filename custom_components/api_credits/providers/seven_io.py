"""seven.io: the money of an account.

Source: the provider's JavaScript client (May 2026), its plugins and programs that read the balance.
Without the header Accept the answer is a bare number, which could as well be the code of an error;
with it an object is the balance, and a bare number is a code, with HTTP 200. A key that demands
signed requests cannot be used. The provider tells no id.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.declared import Refusal
from ..client.errors import ForbiddenError, InvalidCredentialsError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class SevenIo(Provider):
    """An account at seven.io."""

    key = "seven_io"
    name = "seven.io"
    website = "https://www.seven.io"
    keys_url = "https://app.seven.io/developer"
    top_up_url = "https://www.seven.io"

    auth = Header("X-Api-Key")
    fixed_headers = {"Accept": "application/json"}
    base = URL("https://gateway.seven.io/api")
    path = "balance"
    refusals = (
        Refusal(means=InvalidCredentialsError, word="900", path=""),
        Refusal(means=InvalidCredentialsError, word="300", path=""),
        Refusal(means=ForbiddenError, word="902", path=""),
        Refusal(means=ForbiddenError, word="903", path=""),
    )
    fields = (Field(path="amount", kind=BALANCE, unit_path="currency", required=True),)
