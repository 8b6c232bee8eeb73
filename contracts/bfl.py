"""Black Forest Labs: one number of credits, the key in a header of its own."""

from .form import Contract, Exchange, Meaning, Place, Refusal

CONTRACT = Contract(
    name="Black Forest Labs",
    keys_url="https://dashboard.bfl.ai/get-started",
    certainty="B",
    sources=(
        "tryAGI/BlackForestLabs openapi.json (from api.bfl.ai/openapi.json, 1 May 2026)",
        "black-forest-labs/skills bfl-api error-handling.md, api-key-setup.md (refusals)",
    ),
    unsure="The form of a refusal: the provider's guide and its description differ.",
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
            401,
            '{"error":"invalid_api_key","message":"The provided API key is invalid"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a key that may not",
            403,
            '{"detail":"Not authenticated"}',
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
