"""SendGrid: credits that are left of a period, and when the next one starts."""

from .form import Contract, Elsewhere, Exchange, Identity, Meaning, Place, Refusal, Sample

_HEADERS = {"Authorization": "Bearer {api_key}"}

CONTRACT = Contract(
    name="SendGrid",
    keys_url="https://app.sendgrid.com/settings/api_keys",
    certainty="A",
    sources=(
        "twilio/sendgrid-oai spec/json/tsg_user_v3.json (January 2026)",
        "twilio.com/docs/sendgrid/api-reference/users-api/retrieve-your-credit-balance",
        "SDK sendgrid 6.12.5 (paths, both hosts)",
        "a program that explains the scope and its 403",
        "django-sendgrid-v5 issue 11 (an address that is not whitelisted)",
    ),
    unsure="The wording of refusals. Accounts with a contract may have no such credits.",
    rights="user.credits.read",
    credentials={"api_key": "made-up-key", "region": "international"},
    elsewhere=(Elsewhere(credentials={"region": "eu"}, host="api.eu.sendgrid.com"),),
    balance=Exchange(
        request="GET https://api.sendgrid.com/v3/user/credits",
        headers=_HEADERS,
        answer='{"remain":150,"total":200,"overage":0,"used":50,"last_reset":"2013-01-01",'
        '"next_reset":"2013-02-01","reset_frequency":"monthly"}',
        made_up=True,
        required=("remain",),
        optional=("total", "used", "next_reset"),
    ),
    readings={
        "balance": "150 credits",
        "limit": "200 credits",
        "used": "50 credits",
        "renews_at": "2013-02-01T00:00:00+00:00",
    },
    balances=(Place(at="remain", decimals=0),),
    dates=("next_reset",),
    whoami=Exchange(
        request="GET https://api.sendgrid.com/v3/user/username",
        headers=_HEADERS,
        answer='{"username":"someone","user_id":1}',
        made_up=True,
        required=("user_id",),
    ),
    identities=(Identity(id="1", id_at="user_id"),),
    samples=(
        Sample(
            shows="a trial that has ended",
            answer='{"remain":0,"total":0,"overage":0,"used":0,"last_reset":"2013-01-01",'
            '"next_reset":"2013-02-01","reset_frequency":"monthly","is_hard_limit":true}',
            readings={
                "balance": "0 credits",
                "limit": "0 credits",
                "used": "0 credits",
                "renews_at": "2013-02-01T00:00:00+00:00",
            },
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"errors":[{"field":null,"message":"authorization required"}]}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            403,
            '{"errors":[{"field":null,"message":"access forbidden"}]}',
            Meaning.FORBIDDEN,
            to="balance",
            made_up=True,
        ),
        Refusal(
            "a key that may not ask who it belongs to",
            403,
            '{"errors":[{"field":null,"message":"access forbidden"}]}',
            Meaning.FORBIDDEN,
            to="whoami",
            harmless=True,
            made_up=True,
        ),
        Refusal(
            "an address that is not allowed",
            401,
            '{"errors":[{"message":"The requestor\'s IP Address is not whitelisted",'
            '"field":null,"help":null}]}',
            Meaning.FORBIDDEN,
            to="balance",
        ),
    ),
)
