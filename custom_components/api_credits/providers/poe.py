"""Poe: points, those of the plan and those that were added, as one number.

Source: the provider's API reference (creator.poe.com, getCurrentBalance and errors). When the
points of the plan renew, and how many of them those are, it does not tell.
"""

from yarl import URL

from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class Poe(Provider):
    """An account at Poe."""

    key = "poe"
    name = "Poe"
    website = "https://poe.com"
    keys_url = "https://poe.com/api/keys"
    top_up_url = "https://poe.com"

    base = URL("https://api.poe.com")
    path = "usage/current_balance"
    fields = (Field(path="current_point_balance", kind=BALANCE, unit="points", required=True),)
