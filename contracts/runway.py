"""Runway: the credits of an organisation at the developer portal; a request names a version."""

from .form import Contract, Exchange, Meaning, Place, Refusal

CONTRACT = Contract(
    name="Runway",
    keys_url="https://dev.runwayml.com",
    certainty="B",
    sources=("SDK runwayml 5.24.0 (organization.retrieve)",),
    unsure="What the refusals say: the SDK has only their statuses.",
    balance=Exchange(
        request="GET https://api.dev.runwayml.com/v1/organization",
        headers={"Authorization": "Bearer {api_key}", "X-Runway-Version": "2024-11-06"},
        answer='{"creditBalance":1200,"tier":{"maxMonthlyCreditSpend":10000,"models":{"gen4_turbo":'
        '{"maxConcurrentGenerations":1,"maxDailyGenerations":50}}},"usage":{"models":'
        '{"gen4_turbo":{"dailyGenerations":3}}}}',
        made_up=True,
        required=("creditBalance",),
    ),
    readings={"balance": "1200 credits"},
    balances=(Place(at="creditBalance", decimals=0),),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":"Unauthorized"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a version that is not known",
            400,
            '{"error":"Invalid API version"}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            '{"error":"Too many requests"}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
