"""Vonage (Nexmo): euros, whatever the dashboard shows; the API key is the account's public id."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Vonage",
    keys_url="https://dashboard.nexmo.com/settings",
    certainty="A",
    sources=(
        "SDK vonage 4.9.1 (account.get_balance: Basic, float in EUR)",
        "developer.vonage.com/en/account/code-snippets/account-balance",
        "Nexmo/api-specification definitions/account.yml (sample, errors)",
        "nexmo-developer issue 3763 (no currency in the answer)",
    ),
    limits="the platform itself looks every 5 to 10 minutes",
    min_minutes=5,
    credentials={"account_id": "made-up", "api_key": "made-up-secret"},
    balance=Exchange(
        request="GET https://rest.nexmo.com/account/get-balance",
        headers={
            "Authorization": "Basic {base64 account_id:api_key}",
            "Accept": "application/json",
        },
        answer='{"value":10.17127500,"autoReload":false}',
        required=("value",),
    ),
    readings={"balance": "10.171275 EUR"},
    balances=(Place(at="value"),),
    identities=(Identity(id="made-up"),),
    samples=(
        Sample(
            shows="a small debt",
            answer='{"value":-0.0314,"autoReload":true}',
            readings={"balance": "-0.0314 EUR"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"error-code":"401","error-code-label":"authentication failed"}',
            names="value",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error-code":"401","error-code-label":"authentication failed"}',
            Meaning.INVALID_AUTH,
        ),
    ),
)
