"""Stability AI: one key that reaches several organisations, and two generations of the API."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample, Way

_ACCOUNT = (
    '{"id":"made-up-user","email":"someone@example.com",'
    '"profile_picture":"https://example.com/picture.png","organizations":['
    '{"id":"org-second","name":"Second","role":"MEMBER","is_default":false},'
    '{"id":"org-default","name":"Default","role":"OWNER","is_default":true},'
    '{"id":"org-third","name":"Third","role":"MEMBER","is_default":false}]}'
)
_ACCOUNT_REQUIRED = tuple(f"organizations.{number}.id" for number in range(3))
_ACCOUNT_OPTIONAL = (
    *(f"organizations.{number}.name" for number in range(3)),
    "organizations.1.is_default",
)
_BALANCE = '{"credits":0.6336833840314097}'

CONTRACT = Contract(
    name="Stability AI",
    keys_url="https://platform.stability.ai/account/keys",
    certainty="A",
    sources=(
        "the provider's OpenAPI descriptions (v1.json, v1alpha.json)",
        "its platform documentation and help centre",
    ),
    limits="150 requests in 10 seconds",
    balance=Exchange(
        request="GET https://api.stability.ai/v1/user/balance",
        headers={"Authorization": "Bearer {api_key}", "Organization": "{account}"},
        answer=_BALANCE,
        required=("credits",),
    ),
    readings={"balance": "0.6336833840314097 credits"},
    balances=(Place(at="credits"),),
    whoami=Exchange(
        request="GET https://api.stability.ai/v1/user/account",
        headers={"Authorization": "Bearer {api_key}"},
        answer=_ACCOUNT,
        made_up=True,
        required=_ACCOUNT_REQUIRED,
        optional=_ACCOUNT_OPTIONAL,
    ),
    identities=(
        Identity(
            id="org-default",
            title="Default",
            id_at="organizations.1.id",
            title_at="organizations.1.name",
        ),
        Identity(
            id="org-second",
            title="Second",
            id_at="organizations.0.id",
            title_at="organizations.0.name",
        ),
        Identity(
            id="org-third",
            title="Third",
            id_at="organizations.2.id",
            title_at="organizations.2.name",
        ),
    ),
    variant="v1",
    ways=(
        Way(
            variant="v1alpha",
            after="the generation is gone",
            whoami=Exchange(
                request="GET https://api.stability.ai/v1alpha/user/account",
                headers={"Authorization": "{api_key}"},
                answer=_ACCOUNT,
                made_up=True,
                required=_ACCOUNT_REQUIRED,
                optional=_ACCOUNT_OPTIONAL,
            ),
            balance=Exchange(
                request="GET https://api.stability.ai/v1alpha/user/balance",
                headers={"Authorization": "{api_key}", "Organization": "{account}"},
                answer=_BALANCE,
                required=("credits",),
            ),
            readings={"balance": "0.6336833840314097 credits"},
            balances=(Place(at="credits"),),
        ),
    ),
    samples=(
        Sample(
            shows="an error in a success",
            answer='{"id":"made-up-error","name":"server_error","message":"Server error"}',
            names="credits",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"id":"made-up-error","name":"unauthorized","message":"Incorrect API key provided"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "an organisation of somebody else",
            403,
            '{"id":"made-up-error","name":"permission_denied",'
            '"message":"You do not have access to this organization"}',
            Meaning.FORBIDDEN,
        ),
        Refusal(
            "a firewall",
            403,
            "<html>blocked</html>",
            Meaning.CANNOT_CONNECT,
            made_up=True,
        ),
        Refusal(
            "the generation is gone",
            404,
            '{"id":"made-up-error","name":"not_found","message":"Not found"}',
            Meaning.UNEXPECTED_RESPONSE,
            harmless=True,
            made_up=True,
        ),
        Refusal(
            "bad request",
            400,
            '{"id":"made-up-error","name":"bad_request","message":"Bad request"}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
        Refusal(
            "outage",
            500,
            '{"id":"made-up-error","name":"server_error","message":"Server error"}',
            Meaning.CANNOT_CONNECT,
        ),
    ),
)
