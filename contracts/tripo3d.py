"""Tripo3D: credits of the API's own wallet, in an envelope with a code."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Tripo3D",
    keys_url="https://platform.tripo3d.ai",
    certainty="B",
    sources=(
        "a copy of the provider's page on the wallet, platform.tripo3d.ai/docs/wallet (v2)",
        "docs.tripo3d.ai/get-started/errors-and-error-handling",
        "tryAGI/Tripo openapi.yaml (v3), ten programs",
    ),
    unsure="Whether the balance holds what is frozen for running tasks. How long v2 stays beside "
    "v3.",
    balance=Exchange(
        request="GET https://api.tripo3d.ai/v2/openapi/user/balance",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"code":0,"data":{"balance":99900,"frozen":0}}',
        required=("code", "data.balance"),
    ),
    readings={"balance": "99900 credits"},
    balances=(Place(at="data.balance"),),
    samples=(
        Sample(
            shows="a fraction, while a task is running",
            answer='{"code":0,"data":{"balance":123.45,"frozen":2.0}}',
            readings={"balance": "123.45 credits"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"code":1001,"data":{"balance":0,"frozen":0},"message":"Fatal error"}',
            names="code",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"code":1002,"message":"Authentication failed","suggestion":"Check if your '
            'credentials is valid, and ensure you set it correctly"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "not allowed",
            403,
            '{"code":1005,"message":"Not allowed","suggestion":"Check your permissions"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "outage",
            500,
            '{"code":1001,"message":"Fatal error on server side",'
            '"suggestion":"Please contact the support with request id"}',
            Meaning.CANNOT_CONNECT,
        ),
    ),
)
