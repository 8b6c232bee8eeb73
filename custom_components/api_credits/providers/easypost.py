"""EasyPost: the wallet of a user, in US dollars.

Source: the provider's documentation and its Python SDK 10.7.0. Only a production key may ask. A
child user has no wallet of its own and cannot be read. What the threshold of its recharge is
counted in, the provider says in two ways, so it is not read.
"""

from yarl import URL

from ..client.credentials import Need, Rights
from ..client.declared import Refusal, Whoami
from ..client.errors import ForbiddenError
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class EasyPost(Provider):
    """A user of EasyPost."""

    key = "easypost"
    name = "EasyPost"
    website = "https://www.easypost.com"
    keys_url = "https://www.easypost.com"
    top_up_url = "https://www.easypost.com"
    rights = Rights(Need.KIND, "Production API Key")

    base = URL("https://api.easypost.com/v2")
    path = "users"
    refusals = (Refusal(means=ForbiddenError, status=401, word="requires a production API Key"),)
    fields = (Field(path="balance", kind=BALANCE, unit="USD", required=True),)
    whoami = Whoami(id_path="id")
