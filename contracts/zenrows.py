"""ZenRows: how many credits were used of how many, and when the period ends."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="ZenRows",
    keys_url="https://app.zenrows.com/settings/api-keys",
    certainty="B",
    sources=(
        "the provider's command line, ZenRows/cli src/core/usage.ts (header, fields, meaning)",
        "ZenRows/cli pull 17 (limit and use in credits, as told to a live account)",
        "ZenRows/zenrows-mcp src/tools/account.ts, tests/account.test.ts (pages, 402, money only)",
        "a program that subtracts usage_credits from credit_limit; one that reads period_ends_at",
    ),
    unsure="The limit is the plan's alone, and what top-ups add is not known: an account that has "
    "some may seem overdrawn. An account that is used up may get 402, and is then not read. "
    "Accounts that are told money only cannot be read. A key's own caps are not read.",
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
            shows="money only, as in a test of the provider's",
            answer='{"status":"TRIALING","usage":4.755,"usage_percent":95.1,'
            '"period_ends_at":"2026-09-14T00:00:00Z","plan":{"name":"trial","price":5}}',
            names="credit_limit",
            documented=True,
        ),
        Sample(
            shows="more used than the plan has, of a top-up",
            answer='{"status":"active","usage":6,"usage_credits":6000,"credit_limit":5000,'
            '"top_ups":[{}],"plan":{"name":"Developer","price":5,"unit_cost":0.001}}',
            readings={
                "balance": "-1000 credits",
                "limit": "5000 credits",
                "used": "6000 credits",
                "renews_at": None,
                "plan": "Developer",
            },
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
        Refusal(
            "used up",
            402,
            '{"code":"AUTH004","title":"Usage exceeded (AUTH004)"}',
            Meaning.USED_UP,
        ),
    ),
)
