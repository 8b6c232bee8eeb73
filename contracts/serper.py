"""Serper: one number, the credits that are left."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Serper",
    keys_url="https://serper.dev",
    certainty="C",
    sources=(
        "six programs that read balance from this call, one with the answer seen live (2492)",
        "a program that takes statusCode 403 in the answer for a bad key",
        "api-evangelist/serper rate-limits (429 also without credits)",
    ),
    unsure="The provider does not document the call. Two programs read `credits` instead, and "
    "saw no answer. An account without credits may be told to wait (429) instead of 0.",
    balance=Exchange(
        request="GET https://google.serper.dev/account",
        headers={"X-API-KEY": "{api_key}"},
        answer='{"balance":2492,"rateLimit":5}',
        required=("balance",),
    ),
    readings={"balance": "2492 credits"},
    balances=(Place(at="balance", decimals=0),),
    samples=(
        Sample(shows="none left", answer='{"balance":0}', readings={"balance": "0 credits"}),
        Sample(shows="an error in a success", answer='{"message":"Error."}', names="balance"),
    ),
    refusals=(
        Refusal(
            "bad key", 403, '{"message":"Unauthorized.","statusCode":403}', Meaning.INVALID_AUTH
        ),
        Refusal(
            "something else is forbidden", 403, '{"message":"No."}', Meaning.FORBIDDEN, made_up=True
        ),
        Refusal(
            "too many, or none left",
            429,
            '{"message":"Too many requests.","statusCode":429}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
