"""SiliconFlow: decimal texts in an envelope; the balance is what was granted and what was paid."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_ANSWER = (
    '{"code":20000,"message":"OK","status":true,"data":{"id":"userid","name":"username",'
    '"image":"user_avatar_image_url","email":"user_email_address","isAdmin":false,'
    '"balance":"0.88","status":"normal","introduction":"","role":"",'
    '"chargeBalance":"88.00","totalBalance":"88.88"}}'
)
_REQUEST = "GET https://api.siliconflow.com/v1/user/info"
_HEADERS = {"Authorization": "Bearer {api_key}"}

CONTRACT = Contract(
    name="SiliconFlow",
    keys_url="https://cloud.siliconflow.com/account/ak",
    certainty="C",
    sources=(
        "docs.siliconflow.com api-reference/userinfo/get-user-info (request, answer)",
        "one-api pull request 1960 and new-api channel-billing.go (which field is the balance)",
        "rikkahub issue 1811 (the end of the call in China)",
        "OmniRoute pull request 4992 (a total that differs from the console)",
    ),
    unsure="Whether the call stays: the same one for accounts in China ended on 14 August 2026. "
    "Vouchers are not counted. That it is US dollars follows from the site, not from the answer.",
    balance=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        required=("code", "status", "data.totalBalance"),
        optional=("data.balance", "data.chargeBalance"),
    ),
    readings={"balance": "88.88 USD", "granted": "0.88 USD", "topped_up": "88.00 USD"},
    balances=(Place(at="data.totalBalance"),),
    whoami=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        required=("code", "status"),
        optional=("data.id",),
    ),
    identities=(Identity(id="userid", id_at="data.id"),),
    samples=(
        Sample(
            shows="a balance a little below zero, as people have seen it",
            answer='{"code":20000,"message":"OK","status":true,"data":{"id":"","name":"",'
            '"image":"","email":"","isAdmin":false,"balance":"-0.01","status":"normal",'
            '"introduction":"","role":"","chargeBalance":"0.00","totalBalance":"-0.01"}}',
            readings={"balance": "-0.01 USD", "granted": "-0.01 USD", "topped_up": "0 USD"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"code":50000,"message":"Internal error","status":false,"data":null}',
            names="code",
        ),
    ),
    refusals=(
        Refusal("bad key", 401, '"Invalid token"', Meaning.INVALID_AUTH, made_up=True),
        Refusal(
            "an account that is barred",
            403,
            '{"code":30001,"message":"Forbidden","data":null}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "the call has ended",
            410,
            '{"code":41000,"message":"Gone","data":null}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
    ),
)
