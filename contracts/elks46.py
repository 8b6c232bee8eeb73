"""46elks: whole ten-thousandths of the account's currency."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_REQUEST = "GET https://api.46elks.com/a1/me"
_HEADERS = {"Authorization": "Basic {base64 account_id:api_key}"}
_ANSWER = (
    '{"mobilenumber":"+46700000000","displayname":"Your name or company","id":"u-made-up",'
    '"currency":"SEK","balance":9670500,"creditalert":5000000,"email":"help@example.com"}'
)

CONTRACT = Contract(
    name="46elks",
    keys_url="https://46elks.com/account",
    certainty="A",
    sources=(
        "46elks.se/docs/get-account, /docs/update-account, /faq",
        "programs that agree on the scale (10000 to a krona)",
        "symfony 46elks notifier, its tests (the text of a 401)",
    ),
    unsure="The scale is what programs have found: the page does not say it, and one program "
    "takes the number for hundredths.",
    credentials={"account_id": "u-made-up-user", "api_key": "made-up-password"},
    balance=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        required=("balance", "currency"),
    ),
    readings={"balance": "967.05 SEK"},
    balances=(Place(at="balance", scale="0.0001", decimals=0),),
    whoami=Exchange(request=_REQUEST, headers=_HEADERS, answer=_ANSWER, required=("id",)),
    identities=(Identity(id="u-made-up", id_at="id"),),
    samples=(
        Sample(
            shows="an account in euros, a little in debt",
            answer='{"id":"u-made-up","currency":"EUR","balance":-3500}',
            readings={"balance": "-0.35 EUR"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            "API access requires Basic HTTP authentication. Read documentation or examples.",
            Meaning.INVALID_AUTH,
        ),
        Refusal("not allowed", 403, '{"message":"Forbidden"}', Meaning.FORBIDDEN, made_up=True),
    ),
)
