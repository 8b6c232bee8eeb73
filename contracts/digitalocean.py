"""DigitalOcean: decimal texts with the sign turned round; the identity is that of the team."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_HEADERS = {"Authorization": "Bearer {api_key}"}

CONTRACT = Contract(
    name="DigitalOcean",
    keys_url="https://cloud.digitalocean.com/account/api/tokens",
    certainty="A",
    sources=(
        "digitalocean/openapi specification/resources/billing, account (August 2026)",
        "SDK pydo 0.44.0",
    ),
    unsure="That a positive balance is owed follows from the sample alone; USD is nowhere said. "
    "Whether an account that pays in advance shows its prepaid money here. One that pays "
    "afterwards owes something in every month: it is never told to be used up.",
    limits="250 requests a minute, 5000 an hour; values may be hours old",
    rights="billing:read",
    may_owe=True,
    balance=Exchange(
        request="GET https://api.digitalocean.com/v2/customers/my/balance",
        headers=_HEADERS,
        answer='{"month_to_date_balance":"23.44","account_balance":"12.23",'
        '"month_to_date_usage":"11.21","generated_at":"2019-07-09T15:01:12Z"}',
        required=("month_to_date_balance",),
        optional=("month_to_date_usage",),
    ),
    readings={"balance": "-23.44 USD", "used": "11.21 USD"},
    balances=(Place(at="month_to_date_balance", scale="-1"),),
    whoami=Exchange(
        request="GET https://api.digitalocean.com/v2/account",
        headers=_HEADERS,
        answer='{"account":{"droplet_limit":25,"floating_ip_limit":5,"email":"someone@example.com",'
        '"name":"Some One","uuid":"made-up-user","email_verified":true,"status":"active",'
        '"status_message":" ","team":{"uuid":"made-up-team","name":"My Team"}}}',
        made_up=True,
        optional=("account.team.uuid",),
    ),
    identities=(Identity(id="made-up-team", id_at="account.team.uuid"),),
    samples=(
        Sample(
            shows="credit that is left",
            answer='{"month_to_date_balance":"-88.79","account_balance":"-100.00",'
            '"month_to_date_usage":"11.21","generated_at":"2019-07-09T15:01:12Z"}',
            readings={"balance": "88.79 USD", "used": "11.21 USD"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"id":"unauthorized","message":"Unable to authenticate you."}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "missing right",
            403,
            '{"id":"forbidden","message":"You are not authorized to perform this operation"}',
            Meaning.FORBIDDEN,
            to="balance",
            made_up=True,
        ),
        Refusal(
            "a token without account:read",
            403,
            '{"id":"forbidden","message":"You are not authorized to perform this operation"}',
            Meaning.FORBIDDEN,
            to="whoami",
            harmless=True,
            made_up=True,
        ),
        Refusal(
            "an account without an id",
            200,
            '{"account":{"status":"active","email":"someone@example.com"}}',
            Meaning.UNEXPECTED_RESPONSE,
            to="whoami",
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            '{"id":"too_many_requests","message":"API rate limit exceeded."}',
            Meaning.RATE_LIMITED,
        ),
    ),
)
