"""DIDWW: decimal texts in a JSON:API document, in the last version that takes a key."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="DIDWW",
    keys_url="https://my.didww.com/#/api",
    certainty="A",
    sources=(
        "doc.didww.com/api3/2026-04-16: authentication, balance",
        "doc.didww.com/api3/api-versioning (the header; old versions stay)",
        "doc.didww.com/api3/2026-11-19/authentication (keys are refused there)",
    ),
    unsure="The currency is nowhere said. Whether the balance's id stays the same.",
    limits="20 requests a second for each key",
    balance=Exchange(
        request="GET https://api.didww.com/v3/balance",
        headers={
            "Api-Key": "{api_key}",
            "Accept": "application/vnd.api+json",
            "X-DIDWW-API-Version": "2026-04-16",
        },
        answer='{"data":{"id":"94441ce5-86fa-47bd-8ce7-b5e267d0603a","type":"balances",'
        '"attributes":{"balance":"50.00","credit":"10.00","total_balance":"60.00"}}}',
        required=("data.attributes.total_balance",),
        optional=("data.attributes.balance",),
    ),
    readings={"balance": "60.00 USD", "topped_up": "50.00 USD"},
    balances=(Place(at="data.attributes.total_balance"),),
    samples=(
        Sample(
            shows="credit in use",
            answer='{"data":{"id":"made-up","type":"balances","attributes":{"balance":"-2.50",'
            '"credit":"10.00","total_balance":"7.50"}}}',
            readings={"balance": "7.50 USD", "topped_up": "-2.50 USD"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"errors":[{"title":"Unauthorized","code":"401","status":"401"}]}',
            names="data.attributes.total_balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"errors":[{"title":"Unauthorized","detail":"Unauthorized","code":"401",'
            '"status":"401"}]}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            '{"errors":[{"title":"Too many requests","code":"too_many_requests","status":"429"}]}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
