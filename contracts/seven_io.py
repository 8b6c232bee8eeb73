"""seven.io: an object is a balance; a bare code is a refusal, even in a 200."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="seven.io",
    keys_url="https://app.seven.io/developer",
    certainty="B",
    sources=(
        "seven-io/js-client Client.ts, resources/balance/types.ts, lib/ErrorCode.ts (May 2026)",
        "rubydoc seven_api 0.6.0",
        "the provider's plugin for osTicket (a bare whole number is an invalid key)",
        "programs that read the balance (HTTP 401, JSON)",
    ),
    unsure="A key that demands signed requests cannot be used. Whether a refused key gets HTTP "
    "401 or a code in a 200: both are seen, and both understood.",
    balance=Exchange(
        request="GET https://gateway.seven.io/api/balance",
        headers={"X-Api-Key": "{api_key}", "Accept": "application/json"},
        answer='{"amount":12.34,"currency":"EUR"}',
        made_up=True,
        required=("amount", "currency"),
    ),
    readings={"balance": "12.34 EUR"},
    balances=(Place(at="amount"),),
    samples=(
        Sample(
            shows="a balance that looks like a code",
            answer='{"amount":900,"currency":"EUR"}',
            readings={"balance": "900 EUR"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"success":false,"error":"Invalid request"}',
            names="amount",
        ),
    ),
    refusals=(
        Refusal("bad key", 200, "900", Meaning.INVALID_AUTH),
        Refusal("bad key, as a text", 200, '"900"', Meaning.INVALID_AUTH, made_up=True),
        Refusal("bad key, with a status", 401, "900", Meaning.INVALID_AUTH, made_up=True),
        Refusal("no key", 200, "300", Meaning.INVALID_AUTH, made_up=True),
        Refusal("an API that is switched off", 200, "902", Meaning.FORBIDDEN, made_up=True),
        Refusal("an address that is not allowed", 200, "903", Meaning.FORBIDDEN, made_up=True),
        Refusal(
            "a number with a code in it", 200, "1900.5", Meaning.UNEXPECTED_RESPONSE, made_up=True
        ),
        Refusal("an unknown error", 200, "700", Meaning.UNEXPECTED_RESPONSE, made_up=True),
    ),
)
