"""HeyGen: a wallet of dollars or, for enterprises, of credits; beside personal data."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_REQUEST = "GET https://api.heygen.com/v3/users/me"
_HEADERS = {"X-Api-Key": "{api_key}"}
_ANSWER = (
    '{"data":{"username":"made-up-user","email":"someone@example.com","first_name":"Some",'
    '"last_name":"One","billing_type":"wallet","wallet":{"currency":"usd","remaining_balance":'
    '476.78,"auto_reload":{"enabled":true,"amount_usd":50,"threshold_usd":10}},'
    '"subscription":null,"usage_based":null}}'
)

CONTRACT = Contract(
    name="HeyGen",
    keys_url="https://app.heygen.com/settings/api",
    certainty="B",
    sources=(
        "heygen-com/heygen-cli gen/user.go (from its OpenAPI description, 22 July 2026)",
        "heygen-com/heygen-cli README.md, cmd/heygen/context_test.go (keys, refusal)",
    ),
    unsure="Accounts that pay by usage: only a wallet is read, which is what API keys pay from.",
    balance=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        made_up=True,
        required=("data.wallet.remaining_balance", "data.wallet.currency"),
    ),
    readings={"balance": "476.78 USD"},
    balances=(Place(at="data.wallet.remaining_balance"),),
    whoami=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        made_up=True,
        required=("data.username",),
    ),
    identities=(Identity(id="made-up-user", id_at="data.username"),),
    samples=(
        Sample(
            shows="an enterprise, whose wallet holds credits",
            answer='{"data":{"username":"made-up-user","email":null,"first_name":null,'
            '"last_name":null,"billing_type":"wallet","wallet":{"currency":"credits",'
            '"remaining_balance":1200,"auto_reload":null}}}',
            readings={"balance": "1200 credits"},
        ),
        Sample(
            shows="an account without a wallet",
            answer='{"data":{"username":"made-up-user","email":null,"first_name":null,'
            '"last_name":null,"billing_type":"usage_based","wallet":null,"subscription":null,'
            '"usage_based":{"included_credits":600,"remaining_credits":55.5,'
            '"spending_current_usd":0,"spending_cap_usd":null}}}',
            names="data.wallet.remaining_balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"code":"unauthorized","message":"invalid API key"}}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "a key that may not",
            403,
            '{"error":{"code":"forbidden","message":"forbidden"}}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
