"""NanoGPT: US dollars, and Nano, a cryptocurrency.

Source: the provider's API reference. The answer also holds the address of a wallet, which is not
read; it serves as no id. What a bad key gets is not said. XNO is no ISO code, but it is money: as
something counted, an empty one would be an account that is used up.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class NanoGpt(Provider):
    """An account at NanoGPT."""

    key = "nanogpt"
    name = "NanoGPT"
    website = "https://nano-gpt.com"
    keys_url = "https://nano-gpt.com/api"
    top_up_url = "https://nano-gpt.com"

    auth = Header("x-api-key")
    base = URL("https://nano-gpt.com/api")
    method = "POST"
    path = "check-balance"
    fields = (
        Field(path="usd_balance", kind=BALANCE, unit="USD", scope="USD", required=True),
        Field(path="nano_balance", kind=BALANCE, unit="XNO", scope="XNO"),
    )
