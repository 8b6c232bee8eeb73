"""Accounts at addresses that a person entered, with the planted secret wherever one can be."""

from dataclasses import dataclass, field
import json
from typing import Any, Final

from custom_components.api_credits.providers.custom import Custom

from .misbehaving import ELSEWHERE, KEY, OTHER_KEY, Pages


@dataclass(frozen=True, kw_only=True)
class Entered:
    """An account at the misbehaving server, as a person entered it."""

    auth: str
    auth_name: str = ""
    path: str = "/balance"
    query: str = ""
    """What the address has in its query, and what is added to it."""
    prefix: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    key: str = KEY
    provider: type[Custom] = Custom
    balance: str = "balance"
    unique_id: None = None

    @property
    def method(self) -> str:
        """Return how the service is asked."""
        return "POST" if self.body else "GET"

    @property
    def url(self) -> str:
        """Return the address."""
        return f"https://{ELSEWHERE}{self.path}"

    @property
    def credentials(self) -> dict[str, Any]:
        """Return what is entered in the first form."""
        return {
            "name": "Account",
            "url": self.url,
            "auth": self.auth,
            "auth_name": self.auth_name,
            "secret": self.key,
            "more": {
                "method": self.method,
                "body": self.body,
                "headers": [{"name": name, "value": it} for name, it in self.headers.items()],
                "prefix": self.prefix,
                "verify_ssl": True,
            },
        }

    @property
    def data(self) -> dict[str, Any]:
        """Return what a config entry keeps of the account."""
        balance = {"path": ["balance"], "divisor": "1", "negative": False, "unit": "USD"}
        return {
            "provider": Custom.key,
            "url": self.url,
            "method": self.method,
            "auth": self.auth,
            "auth_name": self.auth_name,
            "prefix": self.prefix,
            "headers": self.headers,
            "api_key": self.key,
            "body": self.body,
            "verify_ssl": True,
            "local": True,
            "fields": {"balance": balance},
            "account": None,
            "variant": None,
        }

    def pages(self, balance: Any) -> Pages:
        """Return what is answered, whichever of the planted keys is sent."""
        answer = {"balance": balance, "currency": "USD", "note": "of an account"}
        return {f"{self.path}{self.query.replace(KEY, key)}": answer for key in (KEY, OTHER_KEY)}

    @property
    def page(self) -> str:
        """Return the page that has the balance."""
        return next(iter(self.pages(0)))


ENTERED: Final = {
    "entered_header": Entered(auth="header", auth_name="X-API-Key", prefix="Token "),
    "entered_basic": Entered(auth="basic", auth_name="me@example.com"),
    "entered_everywhere": Entered(
        auth="query",
        auth_name="api_key",
        path=f"/accounts/{KEY}/balance?token={KEY}",
        query=f"&api_key={KEY}",
        headers={"X-Further": KEY},
        body=json.dumps({"clientKey": KEY}),
    ),
}
"""By where the secret is: the last has it in the address, its query, a header and the body."""
