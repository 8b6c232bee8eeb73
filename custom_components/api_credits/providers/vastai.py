"""Vast.ai: the prepaid credit of an account, in US dollars.

Source: the provider's documentation (authentication, show user, errors), its Python SDK 1.9.1 and
its command line. One page calls the field `credit`, another `balance`; where both are, it is the
credit. The account's id stands in the same answer, but to ask twice within a moment may be
refused, so it is not read, nor is the rest, which is personal or secret.
"""

from datetime import timedelta

from yarl import URL

from ..client.credentials import Need, Rights
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class VastAi(Provider):
    """An account at Vast.ai."""

    key = "vastai"
    name = "Vast.ai"
    website = "https://vast.ai"
    keys_url = "https://cloud.vast.ai/manage-keys/"
    top_up_url = "https://cloud.vast.ai/billing/"
    rights = Rights(Need.RIGHT, "user_read")

    default_interval = timedelta(minutes=15)

    base = URL("https://console.vast.ai/api/v0")
    path = "users/current/"
    fields = (Field(path="credit", instead="balance", kind=BALANCE, unit="USD", required=True),)
