"""GatewayAPI: the money of an account, in its own currency.

Source: programs that ask either host and agree. An account is at one of the two, and its token does
not work at the other. What refusals look like here is not documented.
"""

from yarl import URL

from ..client.credentials import Header, Region, Secret
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class GatewayApi(Provider):
    """An account at GatewayAPI."""

    key = "gatewayapi"
    name = "GatewayAPI"
    website = "https://gatewayapi.com"
    keys_url = "https://gatewayapi.com/app/settings/api"
    top_up_url = "https://gatewayapi.com/app/"
    secret = Secret.API_TOKEN

    key_prefixes = ("Token ", "Bearer ")
    auth = Header("Authorization", "Token ")
    base = URL("https://gatewayapi.com")
    regions = {"international": Region(base=base), "eu": Region(base=URL("https://gatewayapi.eu"))}
    path = "rest/me"
    fields = (Field(path="credit", kind=BALANCE, unit_path="currency", required=True),)
    whoami = Whoami(id_path="id")
