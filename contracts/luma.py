"""Luma: what the API has left, in cents."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Luma",
    keys_url="https://lumalabs.ai",
    certainty="A",
    sources=(
        "docs.lumalabs.ai/changelog/callbacks-and-credits-balance (path, field, US cents)",
        'SDK lumaai 1.21.0 (credits.get: "Available credits balance in USD cents")',
    ),
    unsure="What a bad key gets, beyond its status. The SDK's last release is of October 2025.",
    balance=Exchange(
        request="GET https://api.lumalabs.ai/dream-machine/v1/credits",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"credit_balance":1250.0}',
        made_up=True,
        required=("credit_balance",),
    ),
    readings={"balance": "12.5 USD"},
    balances=(Place(at="credit_balance", scale="0.01"),),
    samples=(
        Sample(
            shows="a part of a cent",
            answer='{"credit_balance":0.5}',
            readings={"balance": "0.005 USD"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"detail":"Invalid API key"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
    ),
)
