"""Textmagic: money in the account's own currency, and two headers of credentials."""

from dataclasses import replace

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_USER = Exchange(
    request="GET https://rest.textmagic.com/api/v2/user",
    headers={"X-TM-Username": "{username}", "X-TM-Key": "{api_key}"},
    answer='{"id":305,"username":"made-up-user","firstName":"Some","lastName":"One",'
    '"email":"someone@example.com","status":"A","balance":208.64,"phone":"000",'
    '"company":"Example","currency":{"id":"GBP","htmlSymbol":"&pound;"},"subaccountType":"P"}',
    made_up=True,
    required=("balance", "currency.id"),
)

CONTRACT = Contract(
    name="Textmagic",
    keys_url="https://www.textmagic.com",
    certainty="B",
    sources=(
        "SDK textmagic 2.0.3 (user.get)",
        "textmagic/textmagic-rest-go-v2 docs/User.md, api/openapi.yaml (November 2025)",
    ),
    limits="50 requests in 2 seconds, not from a source",
    credentials={"username": "made-up-user", "api_key": "made-up-key"},
    balance=_USER,
    readings={"balance": "208.64 GBP"},
    balances=(Place(at="balance"),),
    whoami=replace(_USER, required=("id",)),
    identities=(Identity(id="305", id_at="id"),),
    samples=(
        Sample(
            shows="another currency",
            answer='{"id":306,"username":"made-up-other","status":"T","balance":0.5,'
            '"currency":{"id":"EUR","htmlSymbol":"&euro;"},"subaccountType":"P"}',
            readings={"balance": "0.5 EUR"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"code":401,"message":"Invalid username & token combination","errors":null}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a key that may not ask",
            403,
            '{"code":403,"message":"You do not have permission","errors":null}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
