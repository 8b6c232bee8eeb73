"""fal.ai: a credit balance with its currency, for admin keys only."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_REQUEST = "GET https://api.fal.ai/v1/account/billing?expand=credits"
_HEADERS = {"Authorization": "Key {api_key}"}
_ANSWER = '{"username":"my-team","credits":{"current_balance":24.5,"currency":"USD"}}'

CONTRACT = Contract(
    name="fal.ai",
    keys_url="https://fal.ai/dashboard/keys",
    pasted=("Key {api_key}", "Bearer {api_key}"),
    certainty="A",
    sources=(
        "fal.ai/docs/platform-apis/v1/account/billing (request, answer, errors)",
        "a copy of its OpenAPI description of 21 August 2026 (what is required)",
        "docs.fal.ai/platform-apis/authentication (header, scopes)",
        "fal.ai/docs/model-apis/faq (locking)",
    ),
    unsure="How low a balance may be before an account is locked. What an account that pays by "
    "invoice is told: it is not locked.",
    rights="ADMIN",
    balance=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        required=("credits.current_balance", "credits.currency"),
    ),
    readings={"balance": "24.5 USD"},
    balances=(Place(at="credits.current_balance"),),
    whoami=Exchange(request=_REQUEST, headers=_HEADERS, answer=_ANSWER, required=("username",)),
    identities=(Identity(id="my-team", title="my-team", id_at="username", title_at="username"),),
    samples=(
        Sample(
            shows="another currency",
            answer='{"username":"my-team","credits":{"current_balance":0,"currency":"EUR"}}',
            readings={"balance": "0 EUR"},
        ),
        Sample(
            shows="an answer without the credits that were asked for",
            answer='{"username":"my-team"}',
            names="credits.current_balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"type":"authorization_error","message":"Authentication required"}}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "missing right",
            403,
            '{"error":{"type":"authorization_error","message":"Access denied"}}',
            Meaning.FORBIDDEN,
        ),
        Refusal(
            "a request that is not understood",
            400,
            '{"error":{"type":"validation_error","message":"Invalid request parameters"}}',
            Meaning.UNEXPECTED_RESPONSE,
        ),
        Refusal(
            "too many requests",
            429,
            '{"error":{"type":"rate_limited","message":"Rate limit exceeded"}}',
            Meaning.RATE_LIMITED,
        ),
    ),
)
