"""ZenRows: how many credits were used of how many, and when the period ends."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="ZenRows",
    keys_url="https://www.zenrows.com",
    certainty="B",
    sources=(
        "the provider's command line, `zenrows usage` (header, fields, their difference)",
        "a program that subtracts usage_credits from credit_limit; one that reads period_ends_at",
    ),
    unsure="No answer was seen: names and nesting are those that the command line reads. "
    "Whether top-ups are part of the limit. Accounts that are told money only cannot be read.",
    limits="does not count against the concurrency",
    balance=Exchange(
        request="GET https://api.zenrows.com/v1/subscriptions/self/details",
        headers={"X-API-Key": "{api_key}"},
        answer='{"status":"active","period_ends_at":"2026-12-01T00:00:00Z","usage":12.5,'
        '"usage_percent":17,"usage_credits":42000,"credit_limit":250000,"top_ups":[],'
        '"plan":{"name":"Developer","recurrence":"monthly","products":{"api":{"concurrency":'
        '{"limit":5,"usage":0}}}}}',
        made_up=True,
        required=("credit_limit", "usage_credits"),
        optional=("period_ends_at", "plan.name"),
    ),
    readings={
        "balance": "208000 credits",
        "limit": "250000 credits",
        "used": "42000 credits",
        "renews_at": "2026-12-01T00:00:00+00:00",
        "plan": "Developer",
    },
    balances=(Place(at="usage_credits", of="credit_limit"),),
    dates=("period_ends_at",),
    samples=(
        Sample(
            shows="no plan is named",
            answer='{"status":"trialing","usage":0,"usage_credits":0.5,"credit_limit":1000}',
            readings={
                "balance": "999.5 credits",
                "limit": "1000 credits",
                "used": "0.5 credits",
                "renews_at": None,
                "plan": None,
            },
        ),
        Sample(
            shows="money only, as before there were credits",
            answer='{"status":"active","period_ends_at":"2026-12-01T00:00:00Z","usage":12.5,'
            '"usage_percent":17,"plan":{"name":"Developer"}}',
            names="credit_limit",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"code":"AUTH002","status":401,"title":"Invalid API key provided"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
    ),
)
