"""Runway: credits of an organisation at the developer portal, not those of the app.

Source: the provider's Python SDK 5.24.0. A key belongs to one organisation, whose id is not told.
"""

from yarl import URL

from ..client.credentials import Secret
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Runway(Provider):
    """An organisation at Runway's developer portal."""

    key = "runway"
    name = "Runway"
    website = "https://runwayml.com"
    keys_url = "https://dev.runwayml.com"
    top_up_url = "https://dev.runwayml.com"
    secret = Secret.API_SECRET

    fixed_headers = {"X-Runway-Version": "2024-11-06"}
    base = URL("https://api.dev.runwayml.com/v1")
    path = "organization"
    fields = (Field(path="creditBalance", kind=BALANCE, unit="credits", required=True),)
