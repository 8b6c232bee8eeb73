"""Shodan: two pools of credits, each with a limit or without."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Shodan",
    keys_url="https://account.shodan.io",
    certainty="A",
    sources=(
        "developer.shodan.io (api-info, its example as copied in several programs)",
        "SDK shodan 1.31.0 (info())",
        "help.shodan.io, Shodan Credits Explained (both renew at the start of the month)",
        "a program's docs/troubleshooting.md (the page where the key is)",
    ),
    limits="1 a second",
    balance=Exchange(
        request="GET https://api.shodan.io/api-info?key={api_key}",
        headers={},
        answer='{"scan_credits":4000,"usage_limits":{"scan_credits":5120,"query_credits":10000,'
        '"monitored_ips":5120},"plan":"dev","https":false,"unlocked":true,"query_credits":9990,'
        '"monitored_ips":19,"unlocked_left":9990,"telnet":false}',
        made_up=True,
        required=("query_credits", "scan_credits"),
        optional=("usage_limits.query_credits", "usage_limits.scan_credits", "plan"),
    ),
    readings={
        "balance_query": "9990 credits",
        "balance_scan": "4000 credits",
        "limit_query": "10000 credits",
        "limit_scan": "5120 credits",
        "plan": "dev",
    },
    balances=(
        Place(at="query_credits", scope="Query", decimals=0),
        Place(at="scan_credits", scope="Scan", decimals=0),
    ),
    samples=(
        Sample(
            shows="the documented answer: a plan without limits",
            answer='{"scan_credits":100000,"usage_limits":{"scan_credits":-1,"query_credits":-1,'
            '"monitored_ips":-1},"plan":"stream-100","https":false,"unlocked":true,'
            '"query_credits":100000,"monitored_ips":19,"unlocked_left":100000,"telnet":false}',
            readings={
                "balance_query": "100000 credits",
                "balance_scan": "100000 credits",
                "limit_query": None,
                "limit_scan": None,
                "plan": "stream-100",
            },
            documented=True,
        ),
        Sample(shows="an error in a success", answer='{"error":"made up"}', names="query_credits"),
    ),
    refusals=(
        Refusal("bad key", 401, "<html>401 Unauthorized</html>", Meaning.INVALID_AUTH),
        Refusal("access denied", 403, '{"error":"Access denied"}', Meaning.FORBIDDEN, made_up=True),
        Refusal(
            "too many",
            429,
            '{"error":"Request rate limit reached"}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
