"""Twilio: a decimal text and its currency; the id is part of the address."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Twilio",
    keys_url="https://console.twilio.com",
    certainty="A",
    sources=(
        "twilio-oai spec/json/twilio_api_v2010.json (April 2026)",
        "SDK twilio 9.13.0",
        "twilio-php issue 593 (the body of a 404)",
        "twilio.com/docs/api/errors 10001, 20003, 20005, 20403 (accounts that are suspended)",
    ),
    unsure="Whether an API key (SK…) may read the balance: the Auth Token is asked for. What an "
    "account is answered here that is suspended, as one is that has nothing left: a page says that "
    "it may be the same as a wrong token is (20003), others name codes of its own.",
    limits="changes may not show at once",
    credentials={"account_id": "AC-made-up", "api_key": "made-up-token"},
    balance=Exchange(
        request="GET https://api.twilio.com/2010-04-01/Accounts/{account_id}/Balance.json",
        headers={"Authorization": "Basic {base64 account_id:api_key}"},
        answer='{"account_sid":"AC-made-up","balance":"0.05","currency":"USD"}',
        required=("currency",),
        optional=("balance",),
    ),
    readings={"balance": "0.05 USD"},
    balances=(Place(at="balance"),),
    identities=(Identity(id="AC-made-up"),),
    samples=(
        Sample(
            shows="a balance that is not known",
            answer='{"account_sid":"AC-made-up","balance":null,"currency":null}',
            readings={"balance": None},
        ),
        Sample(
            shows="a debt in another currency",
            answer='{"account_sid":"AC-made-up","balance":"-1.204","currency":"EUR"}',
            readings={"balance": "-1.204 EUR"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"code":20003,"message":"Authenticate",'
            '"more_info":"https://www.twilio.com/docs/errors/20003","status":401}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "an account that is not active",
            401,
            '{"code":20005,"message":"Account not active",'
            '"more_info":"https://www.twilio.com/docs/errors/20005","status":401}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "an account that is suspended",
            403,
            '{"code":20403,"message":"Forbidden",'
            '"more_info":"https://www.twilio.com/docs/errors/20403","status":403}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "a sub-account",
            404,
            '{"code":20404,"message":"The requested resource '
            '/2010-04-01/Accounts/AC-made-up/Balance.json was not found",'
            '"more_info":"https://www.twilio.com/docs/errors/20404","status":404}',
            Meaning.UNEXPECTED_RESPONSE,
        ),
        Refusal(
            "too many requests",
            429,
            '{"code":20429,"message":"Too Many Requests","status":429}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
