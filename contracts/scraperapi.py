"""ScraperAPI: how many credits were used of how many, and nothing else that lasts."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

_BAD_KEY = "Unauthorized request, please make sure your API key is valid."

CONTRACT = Contract(
    name="ScraperAPI",
    keys_url="https://www.scraperapi.com",
    certainty="A",
    sources=(
        "docs.scraperapi.com, Account Information (the call; its PHP SDK calls the same)",
        "four programs that subtract requestCount from requestLimit (the fields)",
        "a collection of checks for keys (what a bad one is told by this call)",
        "a program's report of 1,050 credits used of 1,000; logs of the 403 without credits",
    ),
    unsure="Whether a bad key gets 401 or 403, which calls for data get without credits. "
    "When the credits come back is not told.",
    limits="counts are up to 15 seconds old",
    balance=Exchange(
        request="GET https://api.scraperapi.com/account?api_key={api_key}",
        headers={},
        answer='{"concurrencyLimit":20,"concurrentRequests":0,"failedRequestCount":12,'
        '"requestCount":4500,"requestLimit":100000,'
        '"subscriptionDate":"2026-11-01T00:00:00.000Z"}',
        made_up=True,
        required=("requestLimit", "requestCount"),
    ),
    readings={"balance": "95500 credits", "limit": "100000 credits", "used": "4500 credits"},
    balances=(Place(at="requestCount", of="requestLimit", decimals=0),),
    samples=(
        Sample(
            shows="more used than there was",
            answer='{"concurrencyLimit":5,"concurrentRequests":0,"failedRequestCount":26,'
            '"requestCount":1050,"requestLimit":1000,'
            '"subscriptionDate":"2025-06-20T00:00:00.000Z"}',
            readings={"balance": "-50 credits", "limit": "1000 credits", "used": "1050 credits"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"error":"something went wrong"}',
            names="requestLimit",
        ),
    ),
    refusals=(
        Refusal("bad key", 401, _BAD_KEY, Meaning.INVALID_AUTH),
        Refusal("bad key, as a 403", 403, _BAD_KEY, Meaning.INVALID_AUTH),
        Refusal(
            "used up, as calls for data are told",
            403,
            "You have exhausted the API Credits available in this monthly cycle.",
            Meaning.CANNOT_CONNECT,
        ),
    ),
)
