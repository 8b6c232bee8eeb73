"""Black Forest Labs: one number of credits, the key in a header of its own."""

from .form import Contract, Exchange, Meaning, Place, Refusal

CONTRACT = Contract(
    name="Black Forest Labs",
    keys_url="https://dashboard.bfl.ai/get-started",
    certainty="A",
    sources=(
        "docs.bfl.ai/api-reference/get-the-users-credits (request, answer)",
        "tryAGI/BlackForestLabs openapi.json (from api.bfl.ai/openapi.json, 1 May 2026)",
        "maruel/genai providers/bfl/client_test.go (what a bad key gets, recorded)",
        "issue 16 of gelasdev/ComfyUI-FLUX-BFL-API (the same, seen)",
        "black-forest-labs/skills bfl-api error-handling.md, api-key-setup.md (what refusals mean)",
    ),
    unsure="A bad key is refused with the status 403, as people have seen it; the provider's guide "
    "says 401.",
    limits="24 tasks at a time; for this call none is documented",
    balance=Exchange(
        request="GET https://api.bfl.ai/v1/credits",
        headers={"x-key": "{api_key}"},
        answer='{"credits":123.4}',
        made_up=True,
        required=("credits",),
    ),
    readings={"balance": "123.4 credits"},
    balances=(Place(at="credits"),),
    refusals=(
        Refusal(
            "bad key",
            403,
            '{"detail":"Not authenticated - Invalid Authentication"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "bad key, as its guide has it",
            401,
            '{"error":"invalid_api_key","message":"The provided API key is invalid"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a key that may not",
            403,
            '{"detail":"Forbidden"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            '{"error":"rate_limit_exceeded","message":"Too many requests"}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
