"""Plivo: dollars as a text, in an answer full of a person's data."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Plivo",
    keys_url="https://cx.plivo.com",
    certainty="A",
    sources=(
        "docs.plivo.com/docs/account/api/account/the-account-object (cash_credits in USD)",
        "docs.plivo.com/docs/voice/api/overview (statuses)",
        "SDK plivo 4.63.0",
        "plivo/plivo-python tests/resources/fixtures/accountGetResponse.json (February 2026)",
    ),
    unsure="What an account that pays later is told: its balance is taken for unknown. What a "
    "sub-account (SA…) is told.",
    limits="300 requests in 5 seconds",
    credentials={"account_id": "MAMADEUPMADEUPMADEUP", "api_key": "made-up-token"},
    balance=Exchange(
        request="GET https://api.plivo.com/v1/Account/{account_id}/",
        headers={"Authorization": "Basic {base64 account_id:api_key}"},
        answer='{"account_type":"standard","address":"221B Baker Street","api_id":"made-up",'
        '"auth_id":"MAMADEUPMADEUPMADEUP","auto_recharge":false,"billing_mode":"prepaid",'
        '"cash_credits":"4.88860","city":"London","name":"Sherlock Holmes",'
        '"resource_uri":"/v1/Account/MAMADEUPMADEUPMADEUP/","state":"","timezone":"Asia/Kolkata"}',
        required=("cash_credits",),
        optional=("billing_mode",),
    ),
    readings={"balance": "4.8886 USD", "plan": "prepaid"},
    balances=(Place(at="cash_credits"),),
    identities=(Identity(id="MAMADEUPMADEUPMADEUP"),),
    samples=(
        Sample(
            shows="an account that pays later: its 0 is not that nothing is left",
            answer='{"account_type":"standard","api_id":"made-up",'
            '"auth_id":"MAMADEUPMADEUPMADEUP","billing_mode":"postpaid",'
            '"cash_credits":"0.00000"}',
            readings={"balance": None, "plan": "postpaid"},
        ),
        Sample(
            shows="a sub-account, which has no credits of its own",
            answer='{"api_id":"made-up","auth_id":"SAMADEUPMADEUPMADEUP","enabled":true,"name":"Watson"}',
            names="cash_credits",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            "Could not verify your access level for that URL.\n"
            "You have to login with proper credentials",
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "an account of somebody else",
            404,
            '{"api_id":"made-up","error":"not found"}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
    ),
)
