"""GatewayAPI: money as a text with its currency, on two hosts that know nothing of each other."""

from .form import Contract, Elsewhere, Exchange, Identity, Meaning, Place, Refusal, Sample

_REQUEST = "GET https://gatewayapi.com/rest/me"
_HEADERS = {"Authorization": "Token {api_key}"}
_ANSWER = '{"credit":"1234.56000","currency":"DKK","id":1}'

CONTRACT = Contract(
    name="GatewayAPI",
    keys_url="https://gatewayapi.com/app/settings/api",
    pasted=("Token {api_key}", "Bearer {api_key}"),
    certainty="C",
    sources=(
        "ten programs that ask gatewayapi.com/rest/me (credit is a text; a whole answer in a test)",
        "a program that asks gatewayapi.eu/rest/me with the same header",
        "Logto's page on GatewayAPI (accounts of either host)",
    ),
    unsure="What a refusal looks like here: its form is that of the call that sends.",
    credentials={"api_key": "made-up-token", "region": "international"},
    elsewhere=(Elsewhere(credentials={"region": "eu"}, host="gatewayapi.eu"),),
    balance=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        made_up=True,
        required=("credit", "currency"),
    ),
    readings={"balance": "1234.56 DKK"},
    balances=(Place(at="credit"),),
    whoami=Exchange(
        request=_REQUEST, headers=_HEADERS, answer=_ANSWER, made_up=True, required=("id",)
    ),
    identities=(Identity(id="1", id_at="id"),),
    samples=(
        Sample(
            shows="a number instead of a text, in another currency",
            answer='{"credit":-0.0325,"currency":"EUR","id":2}',
            readings={"balance": "-0.0325 EUR"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"code":"0x0211","incident_uuid":"made-up","message":"Unauthorized"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "not allowed",
            403,
            '{"code":"0x0213","incident_uuid":"made-up","message":"Forbidden"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
