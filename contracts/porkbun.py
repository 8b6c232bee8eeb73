"""Porkbun: account credit in whole US cents; two keys that belong together."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Porkbun",
    keys_url="https://porkbun.com/account/api",
    certainty="B",
    sources=(
        "the provider's MCP server (oborseth/Porkbun-MCP: get_balance in cents; src/api.ts)",
        "the same, kb/KB-DRAFTS.md (the page to buy credit)",
        "porkbun.com/api/json/v3/spec 3.7 (its beginning)",
        "porkbun.com/llms/guides/getting-started (headers, what a key may be limited to)",
        "two programs (path, fields), others for the refusal",
    ),
    unsure="What a key is answered that is limited to other internet addresses.",
    limits="there are some, without a number",
    credentials={"account_id": "pk1-made-up", "api_key": "made-up-key"},
    balance=Exchange(
        request="GET https://api.porkbun.com/api/json/v3/account/balance",
        headers={"X-API-Key": "{account_id}", "X-Secret-API-Key": "{api_key}"},
        answer='{"status":"SUCCESS","balance":1234,"display":"$12.34"}',
        made_up=True,
        required=("status", "balance"),
    ),
    readings={"balance": "12.34 USD"},
    balances=(Place(at="balance", scale="0.01", decimals=0),),
    samples=(
        Sample(
            shows="an error in a success",
            answer='{"status":"ERROR","balance":0,"message":"Something went wrong"}',
            names="status",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            400,
            '{"status":"ERROR","message":"Invalid API key. (002)"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "bad request",
            400,
            '{"status":"ERROR","message":"Something went wrong"}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
        Refusal(
            "not allowed",
            403,
            '{"status":"ERROR","message":"Forbidden"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
