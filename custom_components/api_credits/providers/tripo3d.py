"""Tripo3D: the credits of the API's wallet, which is apart from that of the web app.

Source: a copy of the provider's page on the wallet, its page on errors, and programs. Whether the
balance holds what is frozen for running tasks is not said. Version 3 of the API has the same call
at another host; version 2 is the one that people use. The provider tells no id.
"""

from yarl import URL

from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Tripo3d(Provider):
    """An account at Tripo3D."""

    key = "tripo3d"
    name = "Tripo3D"
    website = "https://www.tripo3d.ai"
    keys_url = "https://platform.tripo3d.ai"
    top_up_url = "https://platform.tripo3d.ai"

    base = URL("https://api.tripo3d.ai/v2/openapi")
    path = "user/balance"
    success = {"code": 0}
    fields = (Field(path="data.balance", kind=BALANCE, unit="credits", required=True),)
