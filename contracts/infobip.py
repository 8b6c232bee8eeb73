"""Infobip: a number and its currency; the word before the key is App."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Infobip",
    keys_url="https://portal.infobip.com/settings/accounts/api-keys",
    pasted=("App {api_key}", "Bearer {api_key}"),
    certainty="C",
    sources=(
        "several independent programs, some with the common host and a key",
        "infobip.com/docs API authentication (the personal host routes, and authorizes nothing)",
    ),
    unsure="The call is in none of the provider's SDKs. Which right a key needs, and that the "
    "common host serves every account as its personal one does.",
    balance=Exchange(
        request="GET https://api.infobip.com/account/1/balance",
        headers={"Authorization": "App {api_key}"},
        answer='{"balance":47.79134,"currency":"EUR"}',
        made_up=True,
        required=("balance", "currency"),
    ),
    readings={"balance": "47.79134 EUR"},
    balances=(Place(at="balance"),),
    samples=(
        Sample(
            shows="another currency, a little overdrawn",
            answer='{"balance":-0.5,"currency":"USD"}',
            readings={"balance": "-0.5 USD"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"requestError":{"serviceException":{"messageId":"GENERAL_ERROR"}}}',
            names="balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"requestError":{"serviceException":{"messageId":"UNAUTHORIZED",'
            '"text":"Invalid login details"}}}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a key that may not ask",
            403,
            '{"requestError":{"serviceException":{"messageId":"FORBIDDEN","text":"Forbidden"}}}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
