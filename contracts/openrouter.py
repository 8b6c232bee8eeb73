"""OpenRouter: what was bought and what was used, for management keys; a limit, for every key."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample, Way

CONTRACT = Contract(
    name="OpenRouter",
    keys_url="https://openrouter.ai/settings/management-keys",
    certainty="A",
    sources=("the provider's API reference", "openchamber, pull request 3411 (two zeros)"),
    unsure="A key that is none for management tells its own limit only: the account's credit may "
    "end before, and when a limit by the day, week or month comes back is not told. One person saw "
    "such a key get two zeros with a success, where others get the documented 403; an account that "
    "never bought anything says the same, and is then read as a key.",
    limits="values may be a minute old",
    rights="management key",
    balance=Exchange(
        request="GET https://openrouter.ai/api/v1/credits",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"data": {"total_credits": 100.5, "total_usage": 25.75}}',
        required=("data.total_credits", "data.total_usage"),
    ),
    readings={"balance": "74.75 USD", "total": "100.5 USD", "used": "25.75 USD"},
    balances=(Place(at="data.total_usage", of="data.total_credits"),),
    variant="credits",
    ways=(
        Way(
            variant="key",
            after="missing right",
            balance=Exchange(
                request="GET https://openrouter.ai/api/v1/key",
                headers={"Authorization": "Bearer {api_key}"},
                answer='{"data":{"label":"made-up-label","limit":100,"limit_remaining":74.5,'
                '"limit_reset":"monthly","usage":25.5,"usage_daily":1.5,"usage_weekly":5.5,'
                '"usage_monthly":25.5,"is_free_tier":false,"creator_user_id":null}}',
                made_up=True,
                required=("data.usage",),
                optional=("data.limit", "data.limit_remaining"),
            ),
            readings={"balance": "74.5 USD", "limit": "100 USD", "used": "25.5 USD"},
            balances=(
                Place(at="data.limit_remaining"),
                Place(at="data.usage", of="data.limit"),
            ),
            samples=(
                Sample(
                    shows="a key without a limit: its balance is unknown, not zero",
                    answer='{"data":{"label":"made-up-label","limit":null,"limit_remaining":null,'
                    '"limit_reset":null,"usage":25.5,"usage_daily":1.5,"usage_weekly":5.5,'
                    '"usage_monthly":25.5,"is_free_tier":false,"creator_user_id":null}}',
                    readings={"balance": None, "limit": None, "used": "25.5 USD"},
                ),
            ),
        ),
    ),
    samples=(
        Sample(
            shows="more used than bought, by very little",
            answer='{"data":{"total_credits":5,"total_usage":5.000000000000000000000000000001}}',
            readings={
                "balance": "-0.000000000000000000000000000001 USD",
                "total": "5 USD",
                "used": "5.000000000000000000000000000001 USD",
            },
        ),
        Sample(
            shows="what a plain key of a funded account got, as one person saw it",
            answer='{"data":{"total_credits":0,"total_usage":0}}',
            names="data.total_credits",
            means=Meaning.FORBIDDEN,
        ),
        Sample(
            shows="an error in a success",
            answer='{"error":{"code":500,"message":"Internal Server Error"}}',
            names="data.total_credits",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"code":401,"message":"User not found."}}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            403,
            '{"error":{"code":403,"message":"Only management keys can perform this operation"}}',
            Meaning.FORBIDDEN,
            to="balance",
            harmless=True,
        ),
        Refusal(
            "a firewall",
            403,
            "<html>blocked</html>",
            Meaning.CANNOT_CONNECT,
            made_up=True,
        ),
        Refusal(
            "bad request",
            400,
            '{"error":{"code":400,"message":"Bad Request"}}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
    ),
)
