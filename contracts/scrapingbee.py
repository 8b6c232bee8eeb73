"""ScrapingBee: how many credits were used of how many, and when they come back."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="ScrapingBee",
    keys_url="https://app.scrapingbee.com/account/manage/api_key",
    certainty="B",
    sources=(
        "ScrapingBee/scrapingbee-cli, the provider's own (the call, Bearer, the difference)",
        "the provider's own description of get_scrapingbee_usage (fields, 6 calls a minute)",
        "microsoft/PowerPlatformConnectors ScrapingBee (the page for keys)",
        "a program's report of an account with 1000 of 1000 used; one that knows null dates",
    ),
    unsure="The zone of the renewal, which is taken as UTC, and the wording of refusals.",
    limits="6 a minute; no request for data is counted",
    min_minutes=1,
    balance=Exchange(
        request="GET https://app.scrapingbee.com/api/v1/usage",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"max_api_credit":50000000,"used_api_credit":16010246,"max_concurrency":2000,'
        '"current_concurrency":0,"renewal_subscription_date":"2025-07-26T04:57:13.580067"}',
        required=("max_api_credit", "used_api_credit"),
        optional=("renewal_subscription_date",),
    ),
    readings={
        "balance": "33989754 credits",
        "limit": "50000000 credits",
        "used": "16010246 credits",
        "renews_at": "2025-07-26T04:57:13.580067+00:00",
    },
    balances=(Place(at="used_api_credit", of="max_api_credit", decimals=0),),
    dates=("renewal_subscription_date",),
    samples=(
        Sample(
            shows="all of them used",
            answer='{"max_api_credit":1000,"used_api_credit":1000,"max_concurrency":5,'
            '"current_concurrency":0,"renewal_subscription_date":"2025-12-17T15:32:52"}',
            readings={
                "balance": "0 credits",
                "limit": "1000 credits",
                "used": "1000 credits",
                "renews_at": "2025-12-17T15:32:52+00:00",
            },
            documented=True,
        ),
        Sample(
            shows="no plan",
            answer='{"max_api_credit":0,"used_api_credit":0,"max_concurrency":0,'
            '"current_concurrency":0,"renewal_subscription_date":null}',
            readings={
                "balance": "0 credits",
                "limit": "0 credits",
                "used": "0 credits",
                "renews_at": None,
            },
        ),
    ),
    refusals=(
        Refusal(
            "bad key", 401, '{"message":"Invalid api key"}', Meaning.INVALID_AUTH, made_up=True
        ),
        Refusal(
            "too many", 429, '{"message":"Too many requests"}', Meaning.RATE_LIMITED, made_up=True
        ),
    ),
)
