"""Venice: what the key that asks can spend, in up to three amounts."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Venice",
    keys_url="https://venice.ai/settings/api",
    certainty="A",
    sources=(
        "veniceai/api-docs swagger.yaml, error-codes.mdx and rate-limiting.mdx of 22 August 2026",
        "veniceai/skills venice-api-keys and venice-errors (any key, three amounts, their meaning)",
    ),
    unsure="Earned credits are not in the answer. Amounts are the account's, but no more than a "
    "limit of the key's own leaves.",
    limits="more than 20 refused calls in 30 seconds (by its guides 50) block for 30 seconds",
    balance=Exchange(
        request="GET https://api.venice.ai/api/v1/api_keys/rate_limits",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"data":{"accessPermitted":true,"apiTier":{"id":"paid","isCharged":true},'
        '"balances":{"USD":50.23,"DIEM":100.023,"BUNDLED_CREDITS":25},"keyExpiration":null,'
        '"nextEpochBegins":"2026-04-21T00:00:00.000Z","rateLimits":['
        '{"apiModelId":"zai-org-glm-5-1","rateLimits":[{"type":"RPM","amount":100},'
        '{"type":"TPM","amount":2000000}]}]}}',
        required=("data.accessPermitted",),
        optional=(
            "data.balances.USD",
            "data.balances.DIEM",
            "data.balances.BUNDLED_CREDITS",
            "data.nextEpochBegins",
        ),
    ),
    readings={
        "is_available": True,
        "balance_usd": "50.23 USD",
        "balance_bundled credits": "25 USD",
        "balance_diem": "100.023 diem",
        "renews_at_diem": "2026-04-21T00:00:00+00:00",
    },
    balances=(
        Place(at="data.balances.USD", scope="USD"),
        Place(at="data.balances.BUNDLED_CREDITS", scope="Bundled credits"),
        Place(at="data.balances.DIEM", scope="DIEM"),
    ),
    dates=("data.nextEpochBegins",),
    samples=(
        Sample(
            shows="dollars only, a little overdrawn, and a key that may not spend",
            answer='{"data":{"accessPermitted":false,"apiTier":{"id":"paid","isCharged":true},'
            '"balances":{"USD":-0.03},"keyExpiration":"2026-06-01T00:00:00Z",'
            '"nextEpochBegins":"2026-04-21T00:00:00.000Z","rateLimits":[]}}',
            readings={
                "is_available": False,
                "balance_usd": "-0.03 USD",
                "balance_bundled credits": None,
                "balance_diem": None,
                "renews_at_diem": "2026-04-21T00:00:00+00:00",
            },
        ),
        Sample(
            shows="an error in a success",
            answer='{"error":"An unknown error occurred"}',
            names="data.accessPermitted",
        ),
    ),
    refusals=(
        Refusal("bad key", 401, '{"error":"Authentication failed"}', Meaning.INVALID_AUTH),
        Refusal(
            "a key whose Pro subscription has ended",
            401,
            '{"error":"Authentication failed - Pro subscription is inactive. '
            'Please upgrade your subscription to continue using the API"}',
            Meaning.FORBIDDEN,
        ),
        Refusal(
            "an account that is barred from the API",
            403,
            '{"error":"API access has been disabled for this account. '
            'Please contact support@example.com"}',
            Meaning.FORBIDDEN,
        ),
        Refusal("too many requests", 429, '{"error":"Rate limit exceeded"}', Meaning.RATE_LIMITED),
        Refusal("outage", 500, '{"error":"An unknown error occurred"}', Meaning.CANNOT_CONNECT),
    ),
)
