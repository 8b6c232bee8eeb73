"""AgentToolkit: whole credits that come back every period, and two ways to send the key."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample, Way

_ANSWER = (
    '{"total_credits":1500,"used_credits":400,"remaining_credits":1100,"free_credits":1000,'
    '"purchased_credits":500,"period":"monthly","reset_date":"2026-12-01","days_until_reset":10,'
    '"plan_tier":"pro"}'
)
_REQUIRED = (
    "remaining_credits",
    "total_credits",
    "used_credits",
    "free_credits",
    "days_until_reset",
)
_OPTIONAL = ("purchased_credits", "reset_date", "plan_tier")
_READINGS = {
    "balance": "1100 credits",
    "total": "1500 credits",
    "used": "400 credits",
    "free": "1000 credits",
    "purchased": "500 credits",
    "days_until_renewal": "10",
    "renews_at": "2026-12-01T00:00:00+00:00",
    "plan": "pro",
}
_BALANCES = (
    Place(at="remaining_credits", decimals=0),
    Place(at="used_credits", of="total_credits", decimals=0),
)

CONTRACT = Contract(
    name="AgentToolkit",
    keys_url="https://agenttoolkit.ai",
    certainty="B",
    sources=(
        "a generated Python client (April 2025)",
        "its author's TypeScript SDK and a second Python SDK (both X-API-Key)",
        "FastAPI, which it is made with by its OpenAPI names (what a missing credential gets)",
    ),
    unsure="Whether the service is still alive. Its SDKs disagree on the header of the key.",
    limits="there is one, without a number",
    balance=Exchange(
        request="GET https://api.agenttoolkit.ai/api/v1/credits",
        headers={"Authorization": "Bearer {api_key}"},
        answer=_ANSWER,
        made_up=True,
        required=_REQUIRED,
        optional=_OPTIONAL,
    ),
    readings=_READINGS,
    balances=_BALANCES,
    dates=("reset_date",),
    variant="bearer",
    ways=(
        Way(
            variant="x_api_key",
            after="bad key",
            balance=Exchange(
                request="GET https://api.agenttoolkit.ai/api/v1/credits",
                headers={"X-API-Key": "{api_key}"},
                answer=_ANSWER,
                made_up=True,
                required=_REQUIRED,
                optional=_OPTIONAL,
            ),
            readings=_READINGS,
            balances=_BALANCES,
        ),
    ),
    samples=(
        Sample(
            shows="a free plan, with a date in words",
            answer='{"total_credits":1500,"used_credits":400,"remaining_credits":1100,'
            '"free_credits":1000,"period":"monthly","reset_date":"1st of the month",'
            '"days_until_reset":10,"plan_tier":null}',
            readings=_READINGS | {"purchased": None, "renews_at": None, "plan": None},
        ),
        Sample(
            shows="an error in a success",
            answer='{"detail":"Internal error","code":"internal_error","errors":null}',
            names="remaining_credits",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"detail":"Could not validate credentials"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "bad key, as an older framework has it",
            403,
            '{"detail":"Not authenticated"}',
            Meaning.INVALID_AUTH,
            to="balance",
            made_up=True,
        ),
        Refusal(
            "bad key, as a template of the framework has it",
            403,
            '{"detail":"Could not validate credentials"}',
            Meaning.INVALID_AUTH,
            to="balance",
            made_up=True,
        ),
        Refusal("not allowed", 403, '{"detail":"Forbidden"}', Meaning.FORBIDDEN, made_up=True),
        Refusal(
            "a request that is not understood",
            422,
            '{"detail":[{"loc":["header","authorization"],"msg":"field required",'
            '"type":"value_error.missing"}]}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
        Refusal(
            "outage",
            500,
            '{"detail":"Internal error","code":"internal_error","errors":null}',
            Meaning.CANNOT_CONNECT,
            made_up=True,
        ),
    ),
)
