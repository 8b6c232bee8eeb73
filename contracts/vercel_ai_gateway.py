"""Vercel AI Gateway: two decimal texts, in US dollars."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Vercel AI Gateway",
    keys_url="https://vercel.com/docs/ai-gateway",
    certainty="A",
    sources=(
        "vercel.com/docs/ai-gateway/usage (request, answer)",
        "vercel.com/docs/ai-gateway/sdks-and-apis/rest-api",
        "vercel/ai packages/gateway/src/gateway-fetch-metadata.test.ts (errors)",
    ),
    unsure="When a monthly free credit renews: the answer does not say.",
    balance=Exchange(
        request="GET https://ai-gateway.vercel.sh/v1/credits",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"balance":"95.50","total_used":"4.50"}',
        required=("balance", "total_used"),
    ),
    readings={"balance": "95.50 USD", "used": "4.50 USD"},
    balances=(Place(at="balance"),),
    samples=(
        Sample(
            shows="an error in a success",
            answer='{"error":{"type":"internal_server_error","message":"Internal error"}}',
            names="balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"type":"authentication_error","message":"Invalid API key"}}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "too many requests",
            429,
            '{"error":{"type":"rate_limit_exceeded","message":"Rate limit exceeded"}}',
            Meaning.RATE_LIMITED,
        ),
        Refusal(
            "outage",
            500,
            '{"error":{"type":"internal_server_error","message":"Database unavailable"}}',
            Meaning.CANNOT_CONNECT,
            made_up=True,
        ),
    ),
)
