"""AI/ML API: the prepaid balance of an account, in US dollars.

Source: the provider's API reference and OpenAPI descriptions (August 2026). Any AIMLAPI key will
do, a management key will not. The legacy endpoint counts credits and is not asked.
"""

from yarl import URL

from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class AimlApi(Provider):
    """An account at AI/ML API."""

    key = "aimlapi"
    name = "AI/ML API"
    website = "https://aimlapi.com"
    keys_url = "https://aimlapi.com/app/keys"
    top_up_url = "https://aimlapi.com/app/billing"

    base = URL("https://api.aimlapi.com/v2")
    path = "billing"
    fields = (Field(path="current_balance", kind=BALANCE, unit_path="currency", required=True),)
    whoami = Whoami(path="billing/detail", id_path="user_id")
