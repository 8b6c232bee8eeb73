"""SerpApi: whole searches; the key goes in the query, and the answer repeats it."""

from dataclasses import replace

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_ACCOUNT = Exchange(
    request="GET https://serpapi.com/account.json?api_key={api_key}",
    headers={},
    answer='{"account_id":"made-up-account","api_key":"made-up-key",'
    '"account_email":"someone@example.com","plan_id":"bigdata","plan_name":"Big Data Plan",'
    '"plan_monthly_price":250.0,"searches_per_month":30000,"plan_searches_left":5958,'
    '"extra_credits":0,"total_searches_left":5958,"this_month_usage":24042,'
    '"last_hour_searches":42,"account_rate_limit_per_hour":6000}',
    required=("total_searches_left",),
    optional=("searches_per_month", "this_month_usage", "extra_credits", "plan_name"),
)

CONTRACT = Contract(
    name="SerpApi",
    keys_url="https://serpapi.com/manage-api-key",
    certainty="A",
    sources=(
        "serpapi.com/account-api",
        "SDK serpapi 1.2.0 and google-search-results 2.4.2",
    ),
    limits="free, and not counted",
    balance=_ACCOUNT,
    readings={
        "balance": "5958 searches",
        "limit": "30000 searches",
        "used": "24042 searches",
        "purchased": "0 searches",
        "plan": "Big Data Plan",
    },
    balances=(Place(at="total_searches_left", decimals=0),),
    whoami=replace(_ACCOUNT, required=("account_id",), optional=()),
    identities=(Identity(id="made-up-account", id_at="account_id"),),
    samples=(
        Sample(
            shows="bought searches beside those of the plan",
            answer='{"account_id":"made-up-account","plan_name":"Free Plan",'
            '"searches_per_month":100,"plan_searches_left":0,"extra_credits":500,'
            '"total_searches_left":500,"this_month_usage":100}',
            readings={
                "balance": "500 searches",
                "limit": "100 searches",
                "used": "100 searches",
                "purchased": "500 searches",
                "plan": "Free Plan",
            },
        ),
        Sample(
            shows="an error in a success",
            answer='{"error":"Something went wrong"}',
            names="total_searches_left",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":"Invalid API key. Your API key should be here: '
            'https://serpapi.com/manage-api-key"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "an account that may not ask",
            403,
            '{"error":"Your account does not have permission to do this."}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
