"""Pushover: messages that are left of this month's, with the token in the address."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Pushover",
    keys_url="https://pushover.net/apps",
    certainty="A",
    sources=(
        "pushover.net/api, limits",
        "blog.pushover.net/posts/2026/4/app-limits (limits of an account)",
        "support.pushover.net i12",
        "pushoverr get_pushover_limits",
        "programs that quote the refusal of a token; one that reads the names with app_ first",
    ),
    unsure="Which status a bad token gets here: 400 is seen on sending, 404 once for this call. "
    "All applications of an account share one pool, so two tokens show the same.",
    limits="few connections at a time; an address with many refusals is blocked for a while",
    balance=Exchange(
        request="GET https://api.pushover.net/1/apps/limits.json?token={api_key}",
        headers={},
        answer='{"limit":10000,"remaining":7496,"reset":1393653600,"status":1,'
        '"request":"made-up-request"}',
        required=("status", "remaining"),
        optional=("limit", "reset"),
    ),
    readings={
        "balance": "7496 messages",
        "limit": "10000 messages",
        "renews_at": "2014-03-01T06:00:00+00:00",
    },
    balances=(Place(at="remaining", decimals=0),),
    dates=("reset",),
    samples=(
        Sample(
            shows="other names of the same",
            answer='{"app_limit":"10000","app_remaining":"0","app_reset":"1393653600","status":1}',
            readings={
                "balance": "0 messages",
                "limit": "10000 messages",
                "renews_at": "2014-03-01T06:00:00+00:00",
            },
        ),
        Sample(
            shows="a refusal in a success",
            answer='{"token":"invalid","errors":["application token is invalid"],"status":0}',
            names="status",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            400,
            '{"token":"invalid","errors":["application token is invalid, see '
            'https://pushover.net/api"],"status":0,"request":"made-up-request"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "bad key, not found",
            404,
            '{"token":"invalid","errors":["application token is invalid"],"status":0}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "another bad request",
            400,
            '{"errors":["invalid request"],"status":0}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
        Refusal(
            "another thing that is not found",
            404,
            '{"errors":["resource not found"],"status":0}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
    ),
)
