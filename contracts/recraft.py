"""Recraft: the units of the API, apart from the credits of the app; beside personal data."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal

_REQUEST = "GET https://external.api.recraft.ai/v1/users/me?billing=api"
_HEADERS = {"Authorization": "Bearer {api_key}"}
_ANSWER = (
    '{"id":"2b8ba3a8-0000-0000-0000-000000000000","email":"someone@example.com",'
    '"name":"Some One","credits":184250}'
)

CONTRACT = Contract(
    name="Recraft",
    keys_url="https://www.recraft.ai/profile/api",
    certainty="B",
    sources=(
        "tryAGI/Recraft openapi.yaml (a copy, 22 August 2026): GetCurrentUser, BillingType",
        "recraft.ai/docs/api-reference/api-portal (API units are apart from Studio credits)",
    ),
    unsure="What a bad key gets: the description says nothing of it.",
    balance=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        made_up=True,
        required=("credits",),
    ),
    readings={"balance": "184250 units"},
    balances=(Place(at="credits", decimals=0),),
    whoami=Exchange(
        request=_REQUEST, headers=_HEADERS, answer=_ANSWER, made_up=True, required=("id",)
    ),
    identities=(Identity(id="2b8ba3a8-0000-0000-0000-000000000000", id_at="id"),),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"code":"unauthorized","message":"Unauthorized"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a key that may not",
            403,
            '{"code":"forbidden","message":"Forbidden"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
