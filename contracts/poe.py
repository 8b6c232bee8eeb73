"""Poe: one number, the points of the plan and those bought together."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Poe",
    keys_url="https://poe.com/api/keys",
    certainty="A",
    sources=(
        "creator.poe.com/api-reference/getCurrentBalance (path, header, field, unit, 401)",
        "creator.poe.com/api-reference/errors (form of an error)",
        "CodexBar docs/poe.md",
    ),
    unsure="When the points of the plan renew: the answer does not say.",
    balance=Exchange(
        request="GET https://api.poe.com/usage/current_balance",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"current_point_balance":1500}',
        made_up=True,
        required=("current_point_balance",),
    ),
    readings={"balance": "1500 points"},
    balances=(Place(at="current_point_balance", decimals=0),),
    samples=(
        Sample(
            shows="an error in a success",
            answer='{"error":{"message":"Internal server error","type":"server_error",'
            '"code":"internal_error"}}',
            names="current_point_balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"message":"Invalid API key provided","type":"invalid_request_error",'
            '"code":"invalid_api_key"}}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "not allowed",
            403,
            '{"error":{"message":"Forbidden","type":"permission_error","code":"forbidden"}}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            '{"error":{"message":"Rate limit exceeded","type":"rate_limit_error",'
            '"code":"rate_limit_exceeded"}}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
