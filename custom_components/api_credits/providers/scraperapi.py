"""ScraperAPI: credits of a plan, counted against its limit.

Source: the provider's documentation (the call, and how often it counts), and programs that read it
(the fields). The key goes in the address, there is no other way. What a bad one is told is known,
but not with which status: 401 or 403. When the credits come back is not
told: the date that is there is that of the subscription's start.
"""

from yarl import URL

from ..client.credentials import Query
from ..client.declared import Refusal
from ..client.errors import InvalidCredentialsError
from ..client.fields import allowance
from ..client.provider import Provider


class ScraperApi(Provider):
    """An account at ScraperAPI."""

    key = "scraperapi"
    name = "ScraperAPI"
    website = "https://www.scraperapi.com"
    keys_url = "https://www.scraperapi.com"
    top_up_url = "https://www.scraperapi.com"

    auth = Query("api_key")
    base = URL("https://api.scraperapi.com")
    path = "account"
    refusals = (
        Refusal(means=InvalidCredentialsError, status=403, word="make sure your API key is valid"),
    )
    fields = allowance(limit="requestLimit", used="requestCount", unit="credits")
