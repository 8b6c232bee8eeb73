"""BulkSMS: credits in a profile, reached with a token's id and its secret."""

from dataclasses import replace

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_PROFILE = Exchange(
    request="GET https://api.bulksms.com/v1/profile",
    headers={"Authorization": "Basic {base64 account_id:api_key}"},
    answer='{"id":"1","username":"example","created":"2016-01-01T00:00:00Z",'
    '"credits":{"balance":2101.15,"limit":0,"isTransferAllowed":true},'
    '"quota":{"size":100,"remaining":100},'
    '"originAddresses":{"allowed":["someone"],"isFullControlAllowed":false},'
    '"company":{"name":"Example","taxReference":null}}',
    made_up=True,
    required=("credits.balance",),
)

CONTRACT = Contract(
    name="BulkSMS",
    keys_url="https://www.bulksms.com/account/#!/advanced-settings/api-tokens",
    certainty="B",
    sources=(
        "a copy of its OpenAPI description (APIs-guru/openapi-directory APIs/bulksms.com/1.0.0)",
        "independent programs",
    ),
    unsure="What a credit limit means for what may be spent.",
    credentials={"account_id": "made-up-token-id", "api_key": "made-up-secret"},
    balance=_PROFILE,
    readings={"balance": "2101.15 credits"},
    balances=(Place(at="credits.balance"),),
    whoami=replace(_PROFILE, required=("id",)),
    identities=(Identity(id="1", id_at="id"),),
    samples=(
        Sample(
            shows="a balance that is not told",
            answer='{"id":"1","username":"example","credits":{"balance":null,"limit":0}}',
            names="credits.balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"type":"https://developer.bulksms.com/json/v1/errors#authentication-failed",'
            '"title":"Authentication failed","status":401,"detail":"not authenticated"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a token that may not ask",
            403,
            '{"type":"https://developer.bulksms.com/json/v1/errors#forbidden",'
            '"title":"Forbidden","status":403,"detail":"not allowed"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
