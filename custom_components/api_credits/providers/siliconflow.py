"""SiliconFlow (international, siliconflow.com): what was granted and what was paid, as one balance.

Source: the provider's page of the call, and programs that use it. The same call for accounts in
China ended on 14 August 2026; whether this one stays is not known. Vouchers are not counted, so
the console may show more. The currency is not in the answer: the site's prices are in US dollars.
"""

from yarl import URL

from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, GRANTED, TOPPED_UP


class SiliconFlow(Provider):
    """An account at SiliconFlow."""

    key = "siliconflow"
    name = "SiliconFlow"
    website = "https://www.siliconflow.com"
    keys_url = "https://cloud.siliconflow.com/account/ak"
    top_up_url = "https://www.siliconflow.com"

    base = URL("https://api.siliconflow.com/v1")
    path = "user/info"
    success = {"code": 20000, "status": True}
    fields = (
        Field(path="data.totalBalance", kind=BALANCE, unit="USD", required=True),
        Field(path="data.balance", kind=GRANTED, unit="USD"),
        Field(path="data.chargeBalance", kind=TOPPED_UP, unit="USD"),
    )
    whoami = Whoami(id_path="data.id", may_lack=True)
