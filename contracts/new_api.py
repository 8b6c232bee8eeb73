"""New API: a gateway of one's own, whose quota is counted in fractions of a dollar."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample, Subject

_HEADERS = {"Authorization": "Bearer {api_key}", "New-Api-User": "{account_id}"}
_ANSWER = (
    '{"success":true,"message":"","data":{"id":1,"username":"someone","display_name":"Some One",'
    '"email":"someone@example.com","role":1,"status":1,"quota":500000,"used_quota":1000,'
    '"request_count":3,"group":"default","aff_code":"abcd"}}'
)

CONTRACT = Contract(
    name="New API / One API",
    keys_url="https://docs.newapi.pro",
    certainty="A",
    sources=(
        "QuantumNous/new-api controller/{billing,misc,token,user}.go and middleware/auth.go",
        "songquanpeng/one-api controller/{misc,user}.go and middleware/auth.go",
    ),
    unsure="Amounts in a currency of the operator's own are shown in dollars. Keys of One API "
    "have no limit that they can read. What an operator changed in the program is not known.",
    limits="180 requests in 180 seconds and address, unless the operator says otherwise",
    credentials={
        "url": "https://gateway.example.com",
        "balance_of": "user",
        "api_key": "made-up-key",
        "account_id": "1",
    },
    before=Exchange(
        request="GET {url}/api/status",
        headers=_HEADERS,
        answer='{"success":true,"message":"","data":{"version":"v1.0.0","system_name":"New API",'
        '"quota_per_unit":500000,"display_in_currency":true,"quota_display_type":"USD",'
        '"custom_currency_symbol":"¤","custom_currency_exchange_rate":1,'
        '"usd_exchange_rate":7.3,"price":7.3,"setup":true}}',
        required=("data.quota_per_unit",),
    ),
    balance=Exchange(
        request="GET {url}/api/user/self",
        headers=_HEADERS,
        answer=_ANSWER,
        required=("success", "data.quota"),
        optional=("data.used_quota",),
    ),
    readings={"balance": "1 USD", "used": "0.002 USD"},
    balances=(Place(at="data.quota", scale="0.000002"),),
    identities=(Identity(id="1", id_at="data.id"),),
    samples=(
        Sample(
            shows="a server that counts otherwise, and a debt",
            before='{"success":true,"data":{"quota_per_unit":300000.0,"display_in_currency":true}}',
            answer='{"success":true,"data":{"id":1,"quota":-750000,"used_quota":1000000}}',
            readings={"balance": "-2.5 USD", "used": "3.333333333333333333333333333 USD"},
        ),
        Sample(
            shows="a server that shows tokens",
            before='{"success":true,"data":{"quota_per_unit":500000,'
            '"display_in_currency":false,"quota_display_type":"TOKENS"}}',
            answer=_ANSWER,
            readings={"balance": "500000 tokens", "used": "1000 tokens"},
        ),
        Sample(
            shows="a server that shows yuan",
            before='{"success":true,"data":{"quota_per_unit":500000,'
            '"display_in_currency":true,"quota_display_type":"CNY","usd_exchange_rate":7.3}}',
            answer=_ANSWER,
            readings={"balance": "7.3 CNY", "used": "0.0146 CNY"},
        ),
        Sample(
            shows="a server that shows yuan, and does not say at which rate",
            before='{"success":true,"data":{"quota_per_unit":500000,'
            '"display_in_currency":true,"quota_display_type":"CNY"}}',
            answer=_ANSWER,
            names="status.data.usd_exchange_rate",
        ),
        Sample(
            shows="a server with a currency of its own",
            before='{"success":true,"data":{"quota_per_unit":500000,"display_in_currency":true,'
            '"quota_display_type":"CUSTOM","custom_currency_symbol":"¤",'
            '"custom_currency_exchange_rate":0.9}}',
            answer=_ANSWER,
            readings={"balance": "1 USD", "used": "0.002 USD"},
        ),
        Sample(
            shows="a fault of the server in a success",
            answer='{"success":false,"message":"database is locked"}',
            names="success",
        ),
    ),
    subjects=(
        Subject(
            credentials={"balance_of": "key", "account_id": ""},
            balance=Exchange(
                request="GET {url}/api/usage/token/",
                headers={"Authorization": "Bearer {api_key}"},
                answer='{"code":true,"message":"ok","data":{"object":"token_usage","name":"Key2",'
                '"total_granted":1000000,"total_used":250000,"total_available":750000,'
                '"unlimited_quota":false,"model_limits":{},"model_limits_enabled":false,'
                '"expires_at":0}}',
                required=("code", "data.total_available"),
                optional=("data.total_granted", "data.total_used"),
            ),
            readings={"balance": "1.5 USD", "limit": "2 USD", "used": "0.5 USD"},
            balances=(Place(at="data.total_available", scale="0.000002"),),
            samples=(
                Sample(
                    shows="a key without a limit, whose number says nothing",
                    answer='{"code":true,"message":"ok","data":{"object":"token_usage",'
                    '"name":"Key3","total_granted":0,"total_used":250000,'
                    '"total_available":-250000,"unlimited_quota":true,"expires_at":0}}',
                    readings={"balance": None, "limit": None, "used": "0.5 USD"},
                ),
            ),
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"success":false,"code":"AUTH_UNAUTHORIZED",'
            '"message":"Unauthorized, invalid access token"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "a bad key, at One API",
            200,
            '{"success":false,"message":"access token 无效"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "a user whom the operator has banned",
            403,
            '{"success":false,"message":"User has been banned"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            "",
            Meaning.RATE_LIMITED,
        ),
    ),
)
