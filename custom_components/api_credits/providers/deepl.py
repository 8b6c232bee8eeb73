"""DeepL API: characters, and on Pro minutes of speech to text, of a period.

Source: the provider's OpenAPI description (June 2026), its Python SDK 1.32 and its pages on keys.
10^12 characters mean that there is no limit. A limit of the key's own is not read. A bad key and
one whose permissions leave out this call are refused alike.
"""

from decimal import Decimal
from typing import override

from yarl import URL

from ..client.credentials import Header
from ..client.declared import Refusal
from ..client.errors import InvalidCredentialsError, UsedUpError
from ..client.fields import Field, allowance
from ..client.provider import Provider
from ..readings import RENEWS_AT


class DeepL(Provider):
    """A subscription to the API of DeepL; the ending of its key says which."""

    key = "deepl"
    name = "DeepL API"
    website = "https://www.deepl.com"
    keys_url = "https://www.deepl.com/your-account/keys"
    top_up_url = "https://www.deepl.com/your-account/usage"

    key_prefixes = ("DeepL-Auth-Key ", "Bearer ")
    auth = Header("Authorization", "DeepL-Auth-Key ")
    base = URL("https://api.deepl.com")
    path = "v2/usage"
    refusals = (
        Refusal(means=InvalidCredentialsError, status=403),
        Refusal(means=UsedUpError, status=456),
    )
    fields = (
        *allowance(
            limit="character_limit",
            used="character_count",
            unit="characters",
            unlimited=Decimal(10**12),
        ),
        *allowance(
            limit="speech_to_text_minutes_limit",
            used="speech_to_text_minutes_count",
            unit="minutes",
            scope="Speech to text",
            required=False,
        ),
        Field(path="end_time", kind=RENEWS_AT),
    )

    @property
    @override
    def url(self) -> URL:
        free = self.api_key.endswith(":fx")
        return self.base.with_host("api-free.deepl.com") if free else self.base
