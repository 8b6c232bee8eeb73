"""ClickSend: the money of an account, in its own currency.

Source: the provider's Python SDK clicksend-client 6.0.2, the documentation of the one before, and
programs that quote a refusal. A sub-account's key shows the sub-account. The answer holds names,
addresses and a further key: nothing of these is read. The username is often an e-mail address, so
the numeric id is the identity.
"""

from yarl import URL

from ..client.credentials import API_KEY, USERNAME, Basic
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class ClickSend(Provider):
    """An account at ClickSend."""

    key = "clicksend"
    name = "ClickSend"
    website = "https://www.clicksend.com"
    keys_url = "https://dashboard.clicksend.com"
    top_up_url = "https://dashboard.clicksend.com"

    credentials = (USERNAME, API_KEY)
    auth = Basic("username")
    base = URL("https://rest.clicksend.com/v3")
    path = "account"
    success = {"response_code": "SUCCESS"}
    fields = (
        Field(
            path="data.balance",
            kind=BALANCE,
            unit_path="data._currency.currency_name_short",
            required=True,
        ),
    )
    whoami = Whoami(id_path="data.user_id", may_lack=True)
