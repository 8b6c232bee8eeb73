"""Leonardo.Ai: two pools of the API added up, beside those of the app, which are none of it."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_REQUEST = "GET https://cloud.leonardo.ai/api/rest/v1/me"
_HEADERS = {"Authorization": "Bearer {api_key}"}
_AT = "user_details.0"
_ANSWER = (
    '{"user_details":[{"user":{"id":"made-up-user","username":"someone"},"tokenRenewalDate":'
    '"2026-01-01T00:00:00","subscriptionTokens":99,"subscriptionGptTokens":1000,'
    '"subscriptionModelTokens":10,"paidTokens":7,"apiPaidTokens":45677,"apiSubscriptionTokens":13,'
    '"apiPlanTokenRenewalDate":"2026-12-01T00:00:00","apiConcurrencySlots":5}]}'
)

CONTRACT = Contract(
    name="Leonardo.Ai",
    keys_url="https://app.leonardo.ai/api-access",
    certainty="B",
    sources=(
        "a copy of its OpenAPI description (api-evangelist/leonardo-ai, August 2026): getUserSelf",
        "leonardo-ts-sdk models/operations/getuserself.ts (April 2026)",
        "docs.leonardo.ai/docs/payg-guide (January 2026)",
    ),
    unsure="The API now has prices in dollars, while this call still tells tokens by name: whether "
    "they are the API credits of old is not said. Nor is what a bad key gets.",
    balance=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        made_up=True,
        optional=(f"{_AT}.apiPlanTokenRenewalDate",),
        parts=(f"{_AT}.apiPaidTokens", f"{_AT}.apiSubscriptionTokens"),
    ),
    readings={"balance": "45690 tokens", "renews_at": "2026-12-01T00:00:00+00:00"},
    balances=(Place(at=f"{_AT}.apiPaidTokens", plus=f"{_AT}.apiSubscriptionTokens", decimals=0),),
    dates=(f"{_AT}.apiPlanTokenRenewalDate",),
    whoami=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        made_up=True,
        required=(f"{_AT}.user.id",),
    ),
    identities=(Identity(id="made-up-user", id_at=f"{_AT}.user.id"),),
    samples=(
        Sample(
            shows="tokens of a plan only",
            answer='{"user_details":[{"user":{"id":"made-up-user","username":"someone"},'
            '"apiPaidTokens":null,"apiSubscriptionTokens":13,"apiPlanTokenRenewalDate":null}]}',
            readings={"balance": "13 tokens", "renews_at": None},
        ),
        Sample(
            shows="paid tokens only",
            answer='{"user_details":[{"user":{"id":"made-up-user","username":"someone"},'
            '"apiPaidTokens":5000,"apiSubscriptionTokens":0,"apiPlanTokenRenewalDate":null}]}',
            readings={"balance": "5000 tokens", "renews_at": None},
        ),
        Sample(
            shows="an answer about nobody",
            answer='{"user_details":[]}',
            names=f"{_AT}.apiPaidTokens",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":"Invalid token","path":"$","code":"invalid-jwt"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a key that may not",
            403,
            '{"error":"Forbidden"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
