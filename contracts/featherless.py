"""Featherless: what of an organisation's credit is not reserved, a text with nine decimals."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Featherless",
    keys_url="https://featherless.ai/account/api-keys",
    certainty="A",
    sources=("featherless.ai/docs/api-reference-credits",),
    unsure="What an organisation on a flat-rate plan, which has no such balance, is answered.",
    rights="Admin",
    balance=Exchange(
        request="GET https://api.featherless.ai/credits/balance",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"balance_nano_usd":"42500000000","balance_usd":"42.500000000",'
        '"reserved_nano_usd":"12000000","reserved_usd":"0.012000000",'
        '"available_nano_usd":"42488000000","available_usd":"42.488000000","currency":"usd"}',
        required=("available_usd", "currency"),
    ),
    readings={"balance": "42.488 USD"},
    balances=(Place(at="available_usd"),),
    samples=(
        Sample(
            shows="more reserved than there is",
            answer='{"balance_nano_usd":"10000000","balance_usd":"0.010000000",'
            '"reserved_nano_usd":"12000001","reserved_usd":"0.012000001",'
            '"available_nano_usd":"-2000001","available_usd":"-0.002000001","currency":"usd"}',
            readings={"balance": "-0.002000001 USD"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"message":"Invalid API key","code":"invalid_api_key"}}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            403,
            '{"error":{"message":"Forbidden","code":"organization_permission_denied"}}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
