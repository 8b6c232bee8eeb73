"""HeyGen: the wallet that API keys pay from, of US dollars, or of credits for enterprises.

Source: the description of the call in the provider's own command line (July 2026). The answer also
holds an e-mail address and names, which are not read. Accounts that pay by usage have no wallet, so
they cannot be read. The older call tells a number whose unit is disputed.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class HeyGen(Provider):
    """A user of HeyGen."""

    key = "heygen"
    name = "HeyGen"
    website = "https://www.heygen.com"
    keys_url = "https://app.heygen.com/settings/api"
    top_up_url = "https://app.heygen.com/billing"

    auth = Header("X-Api-Key")
    base = URL("https://api.heygen.com/v3")
    path = "users/me"
    fields = (
        Field(
            path="data.wallet.remaining_balance",
            kind=BALANCE,
            unit_path="data.wallet.currency",
            units={"credits": "credits"},
            required=True,
        ),
    )
    whoami = Whoami(id_path="data.username")
