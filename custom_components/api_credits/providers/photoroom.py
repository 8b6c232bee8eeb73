"""Photoroom: the images that are left of an API subscription.

Source: the provider's documentation (API usage, pricing). An image is a call to the API that the
plan is for; calls to the other one count fivefold or a fifth. The provider tells neither an id nor
when the images come back.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, LIMIT, PLAN


class Photoroom(Provider):
    """An account at Photoroom."""

    key = "photoroom"
    name = "Photoroom"
    website = "https://www.photoroom.com"
    keys_url = "https://app.photoroom.com/api-dashboard"
    top_up_url = "https://app.photoroom.com/api-dashboard"

    auth = Header("x-api-key")
    base = URL("https://image-api.photoroom.com/v2")
    path = "account"
    fields = (
        Field(path="images.available", kind=BALANCE, unit="images", required=True),
        Field(path="images.subscription", kind=LIMIT, unit="images"),
        Field(path="plan", kind=PLAN),
    )
