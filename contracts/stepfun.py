"""StepFun: what is left, and beside it two totals that are no parts of it."""

from .form import Contract, Elsewhere, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="StepFun",
    keys_url="https://platform.stepfun.com/interface-key",
    certainty="A",
    sources=(
        "platform.stepfun.com/docs/zh/api-reference/accounts/get (fields and their meaning)",
        "for the international site several programs, one of which names an answer it got there",
    ),
    unsure="The currency of each site, which no answer tells. The international site, which the "
    "page does not name. What a refusal looks like. What the balance of an account is that pays "
    "later: it is taken for unknown.",
    credentials={"api_key": "made-up-key", "region": "china"},
    elsewhere=(
        Elsewhere(credentials={"region": "international"}, host="api.stepfun.ai", unit="USD"),
    ),
    balance=Exchange(
        request="GET https://api.stepfun.com/v1/accounts",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"object":"account","type":"prepaid","balance":150.0,"total_cash_balance":200.0,'
        '"total_voucher_balance":50.0}',
        made_up=True,
        required=("balance",),
        optional=("type",),
    ),
    readings={"balance": "150.0 CNY", "plan": "prepaid"},
    balances=(Place(at="balance"),),
    samples=(
        Sample(
            shows="an account that pays later: 0 or less is not that nothing is left",
            answer='{"object":"account","type":"postpaid","balance":-12.5,'
            '"total_cash_balance":0,"total_voucher_balance":0}',
            readings={"balance": None, "plan": "postpaid"},
        ),
        Sample(
            shows="a debt of an account that pays in advance",
            answer='{"object":"account","type":"prepaid","balance":-0.25,'
            '"total_cash_balance":10,"total_voucher_balance":0}',
            readings={"balance": "-0.25 CNY", "plan": "prepaid"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"message":"Incorrect API key provided","type":"invalid_api_key"}}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "not allowed",
            403,
            '{"error":{"message":"Forbidden","type":"forbidden"}}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
