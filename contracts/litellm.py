"""LiteLLM: a proxy of one's own, which keeps budgets of keys, users and teams."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample, Subject

_AUTHORIZATION = {"Authorization": "Bearer {api_key}"}

CONTRACT = Contract(
    name="LiteLLM",
    keys_url="https://docs.litellm.ai/docs/proxy/virtual_keys",
    certainty="A",
    sources=(
        "litellm-docs virtual_keys.md and cost_tracking.md",
        "the proxy's own code and answers (1.106.2)",
    ),
    unsure="Spend is written down about a minute late. Budgets of single models, of "
    "organisations and of several windows at once are not read.",
    limits="the proxy's own",
    rights="virtual key",
    credentials={
        "url": "https://litellm.example.com",
        "balance_of": "key",
        "api_key": "made-up-key",
    },
    balance=Exchange(
        request="GET {url}/key/info",
        headers=_AUTHORIZATION,
        answer='{"key":"made-up-hash","info":{"key_name":"sk-...IAAw","key_alias":"ha",'
        '"soft_budget_cooldown":false,"spend":0.096,"total_spend":0.096,"expires":null,'
        '"models":[],"aliases":{},"config":{},"router_settings":{},"user_id":"someone",'
        '"team_id":"team-one","permissions":{},"max_parallel_requests":null,"metadata":{},'
        '"blocked":null,"tpm_limit":null,"rpm_limit":null,"max_budget":5.0,'
        '"budget_duration":"7d","budget_reset_at":"2026-11-23T00:00:00+00:00",'
        '"allowed_routes":[],"key_type":"default","model_spend":{},"model_max_budget":{},'
        '"budget_id":null,"organization_id":null,"budget_limits":null,'
        '"litellm_budget_table":null,"object_permission":null,"status":"active"}}',
        required=("info.spend",),
        optional=("info.max_budget", "info.budget_reset_at"),
    ),
    readings={
        "balance": "4.904 USD",
        "limit": "5 USD",
        "used": "0.096 USD",
        "renews_at": "2026-11-23T00:00:00+00:00",
    },
    balances=(Place(at="info.spend", of="info.max_budget"),),
    dates=("info.budget_reset_at",),
    samples=(
        Sample(
            shows="a key whose budget is from the table of budgets",
            answer='{"key":"made-up-hash","info":{"spend":0.048,"max_budget":null,'
            '"budget_duration":null,"budget_reset_at":null,"budget_id":"shared",'
            '"litellm_budget_table":{"budget_id":"shared","max_budget":7.0,"soft_budget":null,'
            '"budget_duration":"1d","budget_reset_at":"2026-11-22T00:00:00+00:00"}}}',
            readings={
                "balance": "6.952 USD",
                "limit": "7 USD",
                "used": "0.048 USD",
                "renews_at": "2026-11-22T00:00:00+00:00",
            },
            documented=True,
        ),
        Sample(
            shows="a key without a budget: its balance is unknown, not zero",
            answer='{"key":"made-up-hash","info":{"spend":212.35,"max_budget":null,'
            '"budget_duration":"30d","budget_reset_at":null,'
            '"expires":"2026-09-11T00:12:55.950000+00:00","user_id":"user-123",'
            '"team_id":"team-456"}}',
            readings={"balance": None, "limit": None, "used": "212.35 USD", "renews_at": None},
            documented=True,
        ),
        Sample(
            shows="more spent than the budget allows, of which the last request was begun before",
            answer='{"key":"made-up-hash","info":{"spend":0.09599999999999187,"max_budget":0.06,'
            '"budget_reset_at":null}}',
            readings={
                "balance": "-0.03599999999999187 USD",
                "limit": "0.06 USD",
                "used": "0.09599999999999187 USD",
                "renews_at": None,
            },
            documented=True,
        ),
    ),
    subjects=(
        Subject(
            credentials={"balance_of": "user"},
            balance=Exchange(
                request="GET {url}/user/info",
                headers=_AUTHORIZATION,
                answer='{"user_id":"someone","user_info":{"user_id":"someone",'
                '"user_alias":"Some One","team_id":null,"sso_user_id":null,'
                '"organization_id":null,"teams":[],"user_role":null,"max_budget":20.0,'
                '"spend":0.048,"user_email":"someone@example.com","models":[],"metadata":{},'
                '"budget_duration":"30d","budget_reset_at":"2026-12-01T00:00:00Z",'
                '"model_spend":{},"model_max_budget":{}},'
                '"keys":[{"token":"made-up-hash","key_name":"sk-...IAAw","spend":0.048,'
                '"max_budget":5.0}],"teams":[]}',
                required=("user_info.spend",),
                optional=("user_info.max_budget", "user_info.budget_reset_at"),
            ),
            readings={
                "balance": "19.952 USD",
                "limit": "20 USD",
                "used": "0.048 USD",
                "renews_at": "2026-12-01T00:00:00+00:00",
            },
            balances=(Place(at="user_info.spend", of="user_info.max_budget"),),
            identity=Identity(
                id="1bea8a270e71",
                digest_of="someone",
                id_at="user_id",
                title="Some One",
                title_at="user_info.user_alias",
            ),
            samples=(
                Sample(
                    shows="a user without a budget",
                    answer='{"user_id":"user-123","user_info":{"user_id":"user-123","spend":1,'
                    '"max_budget":null}}',
                    readings={"balance": None, "limit": None, "used": "1 USD", "renews_at": None},
                ),
            ),
        ),
        Subject(
            credentials={"balance_of": "team"},
            balance=Exchange(
                request="GET {url}/team/info?team_id={account}",
                headers=_AUTHORIZATION,
                answer='{"team_id":"team-one","team_info":{"team_alias":"Home",'
                '"team_id":"team-one","organization_id":null,"admins":[],"members":[],'
                '"metadata":{},"tpm_limit":null,"rpm_limit":null,"max_budget":3.0,'
                '"soft_budget":null,"budget_duration":"1mo","budget_limits":null,"models":[],'
                '"blocked":false,"spend":0.048,"budget_reset_at":"2026-12-01T00:00:00Z"},'
                '"keys":[],"team_memberships":[]}',
                required=("team_info.spend",),
                optional=("team_info.max_budget", "team_info.budget_reset_at"),
            ),
            readings={
                "balance": "2.952 USD",
                "limit": "3 USD",
                "used": "0.048 USD",
                "renews_at": "2026-12-01T00:00:00+00:00",
            },
            balances=(Place(at="team_info.spend", of="team_info.max_budget"),),
            whoami=Exchange(
                request="GET {url}/key/info",
                headers=_AUTHORIZATION,
                answer='{"key":"made-up-hash","info":{"key_name":"sk-...IAAw","spend":0.0,'
                '"max_budget":null,"user_id":null,"team_id":"team-one"}}',
                optional=("info.team_id",),
            ),
            identity=Identity(id="team-one", id_at="info.team_id", may_lack=True),
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"message":"Authentication Error, Invalid proxy server token passed. '
            "Received API Key = sk-..., Key Hash (Token) =made-up-hash. Unable to find token in "
            'cache or `LiteLLM_VerificationTokenTable`","type":"token_not_found_in_db",'
            '"param":"key","code":"401"}}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "missing right",
            403,
            '{"detail":"Virtual key is not allowed to call this route. Only allowed to call '
            "routes: ['llm_api_routes']. Tried to call route: /key/info\"}",
            Meaning.FORBIDDEN,
        ),
        Refusal(
            "the master key, which has no budget",
            404,
            '{"error":{"message":"Key not found in database","type":"not_found_error",'
            '"param":"key","code":"404"}}',
            Meaning.FORBIDDEN,
        ),
        Refusal(
            "a proxy without a database, which has no keys",
            400,
            '{"error":{"message":"No connected db.","type":"no_db_connection","param":null,'
            '"code":"400"}}',
            Meaning.UNEXPECTED_RESPONSE,
        ),
        Refusal(
            "a key that has expired",
            401,
            '{"error":{"message":"Authentication Error - Expired Key. Key Expiry time '
            '2026-11-21 20:01:16.011000+00:00","type":"expired_key","param":"sk-...a1d2",'
            '"code":"401"}}',
            Meaning.INVALID_AUTH,
        ),
    ),
)
