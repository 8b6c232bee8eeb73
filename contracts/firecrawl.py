"""Firecrawl: an envelope, whole credits, and a period whose dates may be missing."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Firecrawl",
    keys_url="https://www.firecrawl.dev/app/api-keys",
    certainty="A",
    sources=(
        "firecrawl/firecrawl-docs v2-openapi.json, errors.mdx, rate-limits.mdx (August 2026)",
        "SDK firecrawl-py 4.53.2",
    ),
    limits="per team, by its plan",
    balance=Exchange(
        request="GET https://api.firecrawl.dev/v2/team/credit-usage",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"success":true,"data":{"remainingCredits":1000,"planCredits":500000,'
        '"billingPeriodStart":"2025-01-01T00:00:00Z","billingPeriodEnd":"2025-01-31T23:59:59Z"}}',
        required=("success", "data.remainingCredits"),
        optional=("data.planCredits", "data.billingPeriodEnd"),
    ),
    readings={
        "balance": "1000 credits",
        "limit": "500000 credits",
        "renews_at": "2025-01-31T23:59:59+00:00",
    },
    balances=(Place(at="data.remainingCredits", decimals=0),),
    dates=("data.billingPeriodEnd",),
    samples=(
        Sample(
            shows="credits only, more than the plan has",
            answer='{"success":true,"data":{"remainingCredits":1500,"planCredits":500,'
            '"billingPeriodStart":null,"billingPeriodEnd":null}}',
            readings={"balance": "1500 credits", "limit": "500 credits", "renews_at": None},
        ),
        Sample(
            shows="an error in a success",
            answer='{"success":false,"error":"Internal server error"}',
            names="success",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"success":false,"error":"Unauthorized: Invalid token"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "a team of which nothing is known",
            404,
            '{"success":false,"error":"Could not find credit usage information"}',
            Meaning.UNEXPECTED_RESPONSE,
        ),
        Refusal(
            "too many requests",
            429,
            '{"success":false,"error":"Rate limit exceeded"}',
            Meaning.RATE_LIMITED,
        ),
    ),
)
