"""ClickSend: an envelope with a code of its own, and money as a text in the account's currency."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_REQUEST = "GET https://rest.clicksend.com/v3/account"
_HEADERS = {"Authorization": "Basic {base64 username:api_key}"}
_ANSWER = (
    '{"http_code":200,"response_code":"SUCCESS","response_msg":"Here\'s your account.",'
    '"data":{"user_id":116,"username":"johndoe1","user_email":"johndoe@example.com",'
    '"user_first_name":"John","user_phone":"+61400000000","active":1,"balance":"4.998000",'
    '"on_trial":0,"account_name":"Example","auto_recharge":0,"auto_recharge_amount":"20.00",'
    '"low_credit_amount":"5.00","country":"AU","_currency":{"currency_name_short":"AUD",'
    '"currency_prefix_d":"$","currency_prefix_c":"c","currency_name_long":"Australian Dollars"},'
    '"_subaccount":{"subaccount_id":1,"api_username":"johndoe1","api_key":"made-up-echo"}}}'
)
_CURRENCY = "data._currency.currency_name_short"

CONTRACT = Contract(
    name="ClickSend",
    keys_url="https://dashboard.clicksend.com",
    certainty="B",
    sources=(
        "SDK clicksend-client 6.0.2 (view_account_details and its models)",
        "clicksend-python docs/AccountApi.md",
        "several programs' notes of the body of a 401",
    ),
    unsure="What an account that is not in credit gets. Whether the balance can be below zero.",
    credentials={"username": "johndoe1", "api_key": "made-up-key"},
    balance=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        made_up=True,
        required=("response_code", "data.balance", _CURRENCY),
    ),
    readings={"balance": "4.998 AUD"},
    balances=(Place(at="data.balance"),),
    whoami=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        made_up=True,
        required=("response_code",),
        optional=("data.user_id",),
    ),
    identities=(Identity(id="116", id_at="data.user_id"),),
    samples=(
        Sample(
            shows="a number instead of a text, in another currency",
            answer='{"http_code":200,"response_code":"SUCCESS","data":{"balance":2.005718,'
            '"_currency":{"currency_name_short":"USD"}}}',
            readings={"balance": "2.005718 USD"},
        ),
        Sample(
            shows="a balance of no known currency",
            answer='{"http_code":200,"response_code":"SUCCESS","data":{"balance":"2.00"}}',
            names=_CURRENCY,
        ),
        Sample(
            shows="an error in a success",
            answer='{"http_code":401,"response_code":"UNAUTHORIZED",'
            '"response_msg":"Authorization failed.","data":null}',
            names="response_code",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"http_code":401,"response_code":"UNAUTHORIZED",'
            '"response_msg":"Authorization failed.","data":null}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "not allowed",
            403,
            '{"http_code":403,"response_code":"FORBIDDEN","response_msg":"Forbidden","data":null}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            '{"http_code":429,"response_code":"TOO_MANY_REQUESTS"}',
            Meaning.RATE_LIMITED,
        ),
    ),
)
