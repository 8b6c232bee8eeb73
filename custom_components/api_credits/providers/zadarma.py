"""Zadarma: the money of an account, in its own currency.

Source: the provider's PHP and Python SDKs. The secret does not go along: it signs what is asked.
The key is one of several that an account may have, and so no identity; no other is told.
"""

from base64 import b64encode
from hashlib import md5
import hmac
from typing import override

from yarl import URL

from ..client.credentials import ACCOUNT_ID, API_KEY, Auth, Config, Secret
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE

_PATH = "v1/info/balance/"
_QUERY = {"format": "json"}


class _Signed(Auth):
    """A key, and the signature of the one request that there is."""

    @override
    def headers(self, config: Config) -> dict[str, str]:
        query = "&".join(f"{name}={value}" for name, value in sorted(_QUERY.items()))
        text = f"/{_PATH}{query}{md5(query.encode(), usedforsecurity=False).hexdigest()}"
        signature = hmac.digest(config[API_KEY.key].encode(), text.encode(), "sha1").hex()
        encoded = b64encode(signature.encode()).decode()
        return {"Authorization": f"{config[ACCOUNT_ID.key]}:{encoded}"}


class Zadarma(Provider):
    """An account at Zadarma."""

    key = "zadarma"
    name = "Zadarma"
    website = "https://zadarma.com"
    keys_url = "https://my.zadarma.com/api/"
    top_up_url = "https://zadarma.com"
    secret = Secret.API_SECRET
    id_word = "Key"

    credentials = (ACCOUNT_ID, API_KEY)
    auth = _Signed()
    base = URL("https://api.zadarma.com")
    path = _PATH
    query = _QUERY
    success = {"status": "success"}
    fields = (Field(path="balance", kind=BALANCE, unit_path="currency", required=True),)
