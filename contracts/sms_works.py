"""The SMS Works: message credits, and a token that is sent after the word JWT."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="The SMS Works",
    keys_url="https://thesmsworks.co.uk/user/login",
    certainty="A",
    sources=(
        "the provider's OpenAPI description 1.9.0",
        "its Python, PHP, Node and C# SDKs",
        "its developer page",
    ),
    pasted=("JWT {api_key}", "jwt {api_key}", "Bearer {api_key}", "Bearer JWT {api_key}"),
    content_type="application/json;charset=UTF-8",
    balance=Exchange(
        request="GET https://api.thesmsworks.co.uk/v1/credits/balance",
        headers={"Authorization": "JWT {api_key}"},
        answer='{"credits": 180}',
        required=("credits",),
    ),
    readings={"balance": "180 credits"},
    balances=(Place(at="credits"),),
    whoami=Exchange(
        request="GET https://api.thesmsworks.co.uk/v1/utils/test",
        headers={"Authorization": "JWT {api_key}"},
        answer='{"message":"customer-1"}',
        made_up=True,
        required=("message",),
    ),
    identities=(Identity(id="customer-1", id_at="message"),),
    samples=(
        Sample(
            shows="a fraction of a credit",
            answer='{"credits": 180.30000000000000000001}',
            readings={"balance": "180.30000000000000000001 credits"},
        ),
        Sample(
            shows="an error in a success", answer='{"message":"No auth token"}', names="credits"
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"message":"Unauthorized"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "bad key, at length",
            401,
            '{"message":"No auth token","errorCode":1,"status":"FAILED","permanent":true}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a key that may not ask who it belongs to",
            403,
            '{"message":"Forbidden"}',
            Meaning.FORBIDDEN,
            to="whoami",
            harmless=True,
            made_up=True,
        ),
    ),
)
