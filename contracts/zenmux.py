"""ZenMux: pay-as-you-go credit, topped up and granted; only a management key reads it."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="ZenMux",
    keys_url="https://zenmux.ai/platform/management",
    certainty="A",
    sources=(
        "docs.zenmux.ai/api/platform/payg-balance, …/zh/guide/advanced/error-codes",
        "docs.zenmux.ai/guide/pay-as-you-go",
        "CodexBar docs/zenmux.md (401 and 403)",
    ),
    unsure="Whether a key of the wrong kind gets another answer than one that is not known.",
    limits="one for each endpoint, without a number; above it 422",
    rights="Management API Key",
    balance=Exchange(
        request="GET https://zenmux.ai/api/v1/management/payg/balance",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"success":true,"data":{"currency":"usd","total_credits":482.74,'
        '"top_up_credits":35.00,"bonus_credits":447.74}}',
        required=("success", "data.currency", "data.total_credits"),
        optional=("data.top_up_credits", "data.bonus_credits"),
    ),
    readings={"balance": "482.74 USD", "topped_up": "35.00 USD", "granted": "447.74 USD"},
    balances=(Place(at="data.total_credits"),),
    samples=(
        Sample(
            shows="an error in a success",
            answer='{"success":false,"data":{"currency":"usd","total_credits":0,'
            '"top_up_credits":0,"bonus_credits":0}}',
            names="success",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            403,
            '{"error":{"code":"403","type":"access_denied",'
            '"message":"You have no permission to access this resource"}}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "bad key, as a program has it",
            401,
            '{"error":{"code":"401","type":"unauthorized","message":"Unauthorized"}}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            403,
            '{"error":{"code":"403","type":"forbidden","message":"Management API Key required"}}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "too often",
            422,
            '{"error":{"code":"422","type":"rate_limit","message":"Rate limit exceeded"}}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
