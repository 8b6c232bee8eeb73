"""Tavily: three allowances: of the plan, of pay as you go, and of the key alone."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Tavily",
    keys_url="https://app.tavily.com/home",
    certainty="A",
    sources=(
        "docs.tavily.com/documentation/api-reference/endpoint/usage (OpenAPI)",
        "a program's test (values); tavily-ai/tavily-python (statuses, June 2026)",
    ),
    limits="10 requests in 10 minutes, as a program cites the documentation",
    min_minutes=1,
    balance=Exchange(
        request="GET https://api.tavily.com/usage",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"key":{"usage":150,"limit":1000,"search_usage":150},"account":'
        '{"current_plan":"Free","plan_usage":500,"plan_limit":15000,"search_usage":500,'
        '"paygo_usage":25,"paygo_limit":100}}',
        made_up=True,
        required=("account.plan_usage",),
        optional=(
            "account.plan_limit",
            "account.current_plan",
            "account.paygo_usage",
            "account.paygo_limit",
            "key.usage",
            "key.limit",
        ),
    ),
    readings={
        "balance": "14500 credits",
        "limit": "15000 credits",
        "used": "500 credits",
        "plan": "Free",
        "balance_pay as you go": "75 credits",
        "limit_pay as you go": "100 credits",
        "used_pay as you go": "25 credits",
        "balance_key": "850 credits",
        "limit_key": "1000 credits",
        "used_key": "150 credits",
    },
    balances=(
        Place(at="account.plan_usage", of="account.plan_limit", decimals=0),
        Place(
            at="account.paygo_usage", of="account.paygo_limit", scope="Pay as you go", decimals=0
        ),
        Place(at="key.usage", of="key.limit", scope="Key", decimals=0),
    ),
    samples=(
        Sample(
            shows="no pay as you go, and a key without a limit",
            answer='{"key":{"usage":0,"limit":null},"account":{"current_plan":"Researcher",'
            '"plan_usage":1000,"plan_limit":1000,"paygo_usage":0,"paygo_limit":0}}',
            readings={
                "balance": "0 credits",
                "limit": "1000 credits",
                "used": "1000 credits",
                "plan": "Researcher",
                "balance_pay as you go": None,
                "limit_pay as you go": None,
                "used_pay as you go": "0 credits",
                "balance_key": None,
                "limit_key": None,
                "used_key": "0 credits",
            },
        ),
        Sample(
            shows="an error in a success",
            answer='{"detail":{"error":"Something went wrong"}}',
            names="account.plan_usage",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"detail":{"error":"Unauthorized: missing or invalid API key."}}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            '{"detail":{"error":"Your request has been blocked due to excessive requests."}}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
