"""Hunter: credits, or searches and verifications; what is left, and when it renews."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_REQUEST = "GET https://api.hunter.io/v2/account?api_key={api_key}"


def _answer(requests: str) -> str:
    """Return an account with these pools, and all that is personal in it."""
    return (
        '{"data":{"first_name":"Some","last_name":"One","email":"someone@example.com",'
        '"plan_name":"Starter","plan_level":1,"reset_date":"2026-12-01","team_id":349,'
        f'"calls":{{"used":14,"available":50}},"requests":{{{requests}}}}}}}'
    )


_CREDITS = _answer(
    '"credits":{"used":120.5,"available":1500,"remaining":1379.5},"searches":{"used":100,'
    '"available":500},"verifications":{"used":40,"available":1000}'
)
_ABOUT = {"renews_at": "2026-12-01T00:00:00+00:00", "plan": "Starter"}

CONTRACT = Contract(
    name="Hunter",
    keys_url="https://hunter.io/api_keys",
    certainty="C",
    sources=(
        "the provider's own plug-in, hunter-check-usage, and an older copy of it (`remaining`)",
        "api-evangelist/hunter-io openapi (fields, team_id) and rate-limits (403)",
        "three programs that read nothing but `remaining` of the credits in this call's answer",
        "two programs that take 403 with too_many_requests for its limit of calls",
        "six programs (the call, reset_date, plan_name; a bad key as seen live)",
    ),
    unsure="No whole answer with `remaining` was seen. Older plans may not tell it: then what "
    "was used is taken from what was available, which is too little if a pack was bought. Whether "
    "team_id is always there.",
    limits="15 a second; the call is free",
    balance=Exchange(
        request=_REQUEST,
        headers={},
        answer=_CREDITS,
        made_up=True,
        required=("data.requests.credits.remaining",),
        optional=(
            "data.requests.credits.available",
            "data.requests.credits.used",
            "data.reset_date",
            "data.plan_name",
        ),
    ),
    readings={
        "balance": "1379.5 credits",
        "limit": "1500 credits",
        "used": "120.5 credits",
        **_ABOUT,
    },
    balances=(Place(at="data.requests.credits.remaining"),),
    dates=("data.reset_date",),
    whoami=Exchange(
        request=_REQUEST,
        headers={},
        answer=_CREDITS,
        made_up=True,
        optional=("data.team_id",),
    ),
    identities=(Identity(id="349", id_at="data.team_id"),),
    samples=(
        Sample(
            shows="an older plan: a pool that says what remains, and one that does not",
            answer=_answer(
                '"searches":{"used":100,"available":500,"remaining":450},'
                '"verifications":{"used":40,"available":1000}'
            ),
            readings={
                "balance_searches": "450 searches",
                "balance_verifications": "960 verifications",
                **_ABOUT,
            },
        ),
        Sample(
            shows="an older plan with one pool missing",
            answer=_answer('"searches":{"used":100,"available":500}'),
            names="data.requests.verifications.available",
        ),
        Sample(shows="no pools", answer=_answer(""), names="data.requests.credits.remaining"),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"errors":[{"id":"authentication_failed","code":401,'
            '"details":"No user found for the API key supplied"}]}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "too many",
            403,
            '{"errors":[{"id":"too_many_requests","code":403,"details":"Slow down"}]}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
        Refusal(
            "a key that may not",
            403,
            '{"errors":[{"id":"forbidden","code":403,"details":"No"}]}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
