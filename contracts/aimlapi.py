"""AI/ML API: a balance in US dollars; another answer tells the id, and an address with it."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="AI/ML API",
    keys_url="https://aimlapi.com/app/keys",
    certainty="A",
    sources=(
        "aimlapi/api-docs service-endpoints/account-balance.md (August 2026)",
        "its OpenAPI descriptions billing-v2.json and billing-detail-v2.json",
        "docs/errors-and-messages (the form of errors, 401)",
    ),
    unsure="Whether the 403 that calls get when the credit is used up concerns this call too.",
    limits="not documented; a charge shows some seconds later",
    balance=Exchange(
        request="GET https://api.aimlapi.com/v2/billing",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"current_balance":123.45,"currency":"USD"}',
        required=("current_balance", "currency"),
    ),
    readings={"balance": "123.45 USD"},
    balances=(Place(at="current_balance"),),
    whoami=Exchange(
        request="GET https://api.aimlapi.com/v2/billing/detail",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"user_id":111,"email":"user@example.com","current_balance":100.5,'
        '"currency":"USD","autotopup_settings":{"is_enabled":true,"threshold":50,"amount":100,'
        '"currency":"USD"}}',
        required=("user_id",),
    ),
    identities=(Identity(id="111", id_at="user_id"),),
    samples=(
        Sample(
            shows="the answer of the legacy endpoint, in credits",
            answer='{"balance":10000000,"lowBalance":false,"lowBalanceThreshold":10000}',
            names="current_balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"message":"This request requires a valid API key. You can create a new API key on '
            'the Billing page: https://aimlapi.com/app/keys","path":"/v2/billing","statusCode":401}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a management key",
            403,
            '{"message":"Forbidden","path":"/v2/billing","statusCode":403}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
