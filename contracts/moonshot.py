"""Moonshot AI (Kimi): an envelope that says whether it went well; the host says the currency."""

from .form import Contract, Elsewhere, Exchange, Meaning, Place, Refusal, Sample

_INVALID = '{"error":{"message":"Invalid Authentication","type":"invalid_authentication_error"}}'

CONTRACT = Contract(
    name="Moonshot AI (Kimi)",
    keys_url="https://platform.moonshot.ai/console/api-keys",
    certainty="A",
    sources=(
        "platform.moonshot.cn/docs/api/balance (request, answer, meaning, CNY)",
        "a copy of the OpenAPI description of platform.moonshot.ai (USD, what is required, errors)",
        "new-api controller/channel-billing.go",
    ),
    unsure="The addresses of its pages: they are moving to platform.kimi.ai and platform.kimi.com.",
    credentials={"api_key": "made-up-key", "region": "international"},
    elsewhere=(Elsewhere(credentials={"region": "china"}, host="api.moonshot.cn", unit="CNY"),),
    balance=Exchange(
        request="GET https://api.moonshot.ai/v1/users/me/balance",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"code":0,"data":{"available_balance":49.58894,"voucher_balance":46.58893,'
        '"cash_balance":3.00001},"scode":"0x0","status":true}',
        required=("code", "status", "data.available_balance"),
        optional=("data.voucher_balance", "data.cash_balance"),
    ),
    readings={"balance": "49.58894 USD", "granted": "46.58893 USD", "topped_up": "3.00001 USD"},
    balances=(Place(at="data.available_balance"),),
    samples=(
        Sample(
            shows="cash that is owed: the balance is what vouchers are left",
            answer='{"code":0,"data":{"available_balance":2.5,"voucher_balance":2.5,'
            '"cash_balance":-1.25},"scode":"0x0","status":true}',
            readings={"balance": "2.5 USD", "granted": "2.5 USD", "topped_up": "-1.25 USD"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"code":5,"data":null,"scode":"0x5","status":false}',
            names="code",
        ),
    ),
    refusals=(
        Refusal("bad key", 401, _INVALID, Meaning.INVALID_AUTH),
        Refusal(
            "outage",
            500,
            '{"error":{"message":"Internal error","type":"server_error"}}',
            Meaning.CANNOT_CONNECT,
            made_up=True,
        ),
    ),
)
