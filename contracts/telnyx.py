"""Telnyx: what can be spent, the credit limit included, as a decimal text."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Telnyx",
    keys_url="https://portal.telnyx.com/#/api-keys",
    certainty="A",
    sources=(
        "developers.telnyx.com/docs/development/api-fundamentals/first-api-request",
        "SDK telnyx 4.189.0 (balance.retrieve)",
    ),
    unsure="The SDK has every field optional; when one is absent is not documented.",
    balance=Exchange(
        request="GET https://api.telnyx.com/v2/balance",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"data":{"record_type":"balance","pending":"10.00","balance":"300.00",'
        '"credit_limit":"100.00","available_credit":"400.00","currency":"USD"}}',
        made_up=True,
        required=("data.available_credit", "data.currency"),
    ),
    readings={"balance": "400.00 USD"},
    balances=(Place(at="data.available_credit"),),
    samples=(
        Sample(
            shows="own money below zero, within the credit limit",
            answer='{"data":{"record_type":"balance","pending":"0.00","balance":"-20.50",'
            '"credit_limit":"100.00","available_credit":"79.50","currency":"EUR"}}',
            readings={"balance": "79.50 EUR"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"errors":[{"code":"10009","title":"Authentication failed"}]}',
            names="data.available_credit",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"errors":[{"code":"10009","title":"Authentication failed",'
            '"detail":"Could not understand the provided credentials.","meta":{}}]}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a key that may not see the balance",
            403,
            '{"errors":[{"code":"10010","title":"Authorization failed",'
            '"detail":"You do not have permission to perform the requested action.","meta":{}}]}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "outage",
            503,
            '{"errors":[{"code":"10016","title":"Service unavailable","meta":{}}]}',
            Meaning.CANNOT_CONNECT,
            made_up=True,
        ),
    ),
)
