"""Meshy: one number of credits, those of a team for its members; newer answers say more."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Meshy",
    keys_url="https://www.meshy.ai/settings/api",
    certainty="A",
    sources=(
        "docs.meshy.ai/api/balance.md",
        "meshy-dev/meshy-mcp-server src/tools/balance.ts, src/services/error-handler.ts, README.md",
        "what meshy_check_balance of its MCP server 0.6.4 says it returns (the renewal)",
    ),
    unsure="The renewal: the provider's own tool tells it, the page on the API does not.",
    rights="Pro",
    balance=Exchange(
        request="GET https://api.meshy.ai/openapi/v1/balance",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"balance":1000,"monthly_credits":700,"permanent_credits":300,'
        '"monthly_resets_at":"2026-12-01T00:00:00Z"}',
        made_up=True,
        required=("balance",),
        optional=("monthly_resets_at",),
    ),
    readings={"balance": "1000 credits", "renews_at": "2026-12-01T00:00:00+00:00"},
    balances=(Place(at="balance"),),
    dates=("monthly_resets_at",),
    samples=(
        Sample(
            shows="the answer that the page on the API documents",
            answer='{"balance": 1000}',
            readings={"balance": "1000 credits", "renews_at": None},
            documented=True,
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"message":"Invalid API key"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            403,
            '{"message":"Permission denied"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            '{"message":"Rate limit exceeded"}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
