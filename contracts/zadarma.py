"""Zadarma: a number and its currency, for a request that is signed."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Zadarma",
    keys_url="https://my.zadarma.com/api/",
    certainty="B",
    sources=(
        "zadarma/user-api-v1 lib/Client.php, lib/Api.php, lib/Response/Balance.php",
        "zadarma/user-api-py-v1 zadarma/api.py (the same signature, the same format=json)",
        "a program's log: this signed text with 200, another with 401 and the answer below",
    ),
    unsure="How an error within a 200 looks, if there is any.",
    limits="100 a minute, from memory; headers tell what is left",
    credentials={"account_id": "made-up-id", "api_key": "made-up-secret"},
    balance=Exchange(
        request="GET https://api.zadarma.com/v1/info/balance/?format=json",
        headers={
            # The hexadecimal digits are the MD5 of `format=json`.
            "Authorization": "{account_id}:{base64 hmac-sha1 api_key "
            "/v1/info/balance/format=json0cce6c99b4e629aa977d00c2fece8a23}"
        },
        answer='{"status":"success","balance":10.34,"currency":"USD"}',
        made_up=True,
        required=("status", "balance", "currency"),
    ),
    readings={"balance": "10.34 USD"},
    balances=(Place(at="balance"),),
    samples=(
        Sample(
            shows="another currency",
            answer='{"status":"success","balance":18.96,"currency":"EUR"}',
            readings={"balance": "18.96 EUR"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"status":"error","message":"made up"}',
            names="status",
        ),
    ),
    refusals=(
        Refusal(
            "bad key", 401, '{"status":"error","message":"Not authorized"}', Meaning.INVALID_AUTH
        ),
        Refusal(
            "too many",
            429,
            '{"status":"error","message":"made up"}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
