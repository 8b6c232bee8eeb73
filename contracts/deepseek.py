"""DeepSeek: a list of currencies, each with amounts as strings; either may be missing."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

_INFO = "balance_infos.0"

CONTRACT = Contract(
    name="DeepSeek",
    keys_url="https://platform.deepseek.com/api_keys",
    certainty="A",
    sources=("the provider's API reference",),
    balance=Exchange(
        request="GET https://api.deepseek.com/user/balance",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"is_available":true,"balance_infos":[{"currency":"CNY","total_balance":"110.00",'
        '"granted_balance":"10.00","topped_up_balance":"100.00"}]}',
        required=(f"{_INFO}.currency", f"{_INFO}.total_balance"),
        optional=("is_available", f"{_INFO}.granted_balance", f"{_INFO}.topped_up_balance"),
    ),
    readings={
        "is_available": True,
        "balance_cny": "110.00 CNY",
        "granted_cny": "10.00 CNY",
        "topped_up_cny": "100.00 CNY",
    },
    balances=(
        Place(at=f"{_INFO}.total_balance", scope="CNY"),
        Place(at="is_available", scope="CNY", above="0"),
    ),
    samples=(
        Sample(
            shows="two currencies, one of them owed",
            answer='{"is_available":true,"balance_infos":[{"currency":"CNY",'
            '"total_balance":"110.00","granted_balance":"10.00","topped_up_balance":"100.00"},'
            '{"currency":"USD","total_balance":"-0.05","granted_balance":"0.00",'
            '"topped_up_balance":"-0.05"}]}',
            readings={
                "is_available": True,
                "balance_cny": "110.00 CNY",
                "granted_cny": "10.00 CNY",
                "topped_up_cny": "100.00 CNY",
                "balance_usd": "-0.05 USD",
                "granted_usd": "0.00 USD",
                "topped_up_usd": "-0.05 USD",
            },
        ),
        Sample(
            shows="an account that never had credit",
            answer='{"is_available":false,"balance_infos":[]}',
            readings={"is_available": False},
        ),
        Sample(
            shows="a currency that is none",
            answer='{"is_available":true,"balance_infos":[{"currency":"yuan",'
            '"total_balance":"1.00"}]}',
            names="balance_infos.0.currency",
        ),
        Sample(
            shows="a member that is no object",
            answer='{"is_available":true,"balance_infos":["CNY"]}',
            names="balance_infos.0.currency",
        ),
        Sample(
            shows="currencies that are no list",
            answer='{"is_available":true,"balance_infos":{}}',
            names="balance_infos",
        ),
        Sample(
            shows="no currencies at all",
            answer='{"is_available":true,"balance_infos":null}',
            names="balance_infos",
        ),
        Sample(
            shows="an error in a success",
            answer='{"error":{"message":"Insufficient Balance","type":"unknown_error",'
            '"param":null,"code":"invalid_request_error"}}',
            names="balance_infos",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"message":"Authentication Fails, Your api key: ****-key is invalid",'
            '"type":"authentication_error","param":null,"code":"invalid_request_error"}}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "used up",
            402,
            '{"error":{"message":"Insufficient Balance","type":"unknown_error",'
            '"param":null,"code":"invalid_request_error"}}',
            Meaning.USED_UP,
            made_up=True,
        ),
        Refusal(
            "not allowed",
            403,
            '{"error":{"message":"Forbidden","type":"unknown_error","param":null,'
            '"code":"invalid_request_error"}}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
