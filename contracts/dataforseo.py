"""DataForSEO: money deep in an envelope of tasks, each with a code of its own."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample


def _answer(code: int, task: str) -> str:
    """Return an envelope with one task."""
    return (
        f'{{"version":"0.1.2026","status_code":{code},"status_message":"Made up.",'
        f'"time":"0.1 sec.","cost":0,"tasks_count":1,"tasks_error":0,"tasks":[{task}]}}'
    )


CONTRACT = Contract(
    name="DataForSEO",
    keys_url="https://app.dataforseo.com/api-access",
    certainty="A",
    sources=(
        "docs.dataforseo.com/v3/appendix/user_data (the call, free of charge)",
        "docs.dataforseo.com/v3/appendix/errors (always 200 but for 401, 402, 404 and 500)",
        "dataforseo.com/help-center/whitelist-ips (what other addresses are told)",
        "anomaliaso/anomalia pull 398 (an overdrawn account, as read live)",
        "SDK dataforseo-client 2.1.10 (AppendixApi.user_data)",
    ),
    unsure="Whether a bad key is ever told within a 200.",
    limits="6 a minute, from memory",
    min_minutes=1,
    credentials={"username": "someone@example.com", "api_key": "made-up-password"},
    balance=Exchange(
        request="GET https://api.dataforseo.com/v3/appendix/user_data",
        headers={"Authorization": "Basic {base64 username:api_key}"},
        answer=_answer(
            20000,
            '{"id":"made-up-task","status_code":20000,"status_message":"Ok.","result":[{"login":'
            '"someone@example.com","timezone":"UTC","money":{"total":100,"balance":52.31,'
            '"statistics":{}},"rates":{},"price":{}}]}',
        ),
        made_up=True,
        required=("status_code", "tasks.0.status_code", "tasks.0.result.0.money.balance"),
        optional=("tasks.0.result.0.money.total",),
    ),
    readings={"balance": "52.31 USD", "total": "100 USD"},
    balances=(Place(at="tasks.0.result.0.money.balance"),),
    samples=(
        Sample(
            shows="an overdrawn account, which is answered nevertheless",
            answer=_answer(
                20000,
                '{"status_code":20000,"result":[{"login":"someone@example.com","money":{"total":1,'
                '"balance":-0.050788}}]}',
            ),
            readings={"balance": "-0.050788 USD", "total": "1 USD"},
        ),
        Sample(
            shows="a task that failed within a success",
            answer=_answer(20000, '{"id":"made-up-task","status_code":50000,"result":null}'),
            names="tasks.0.status_code",
        ),
        Sample(
            shows="an account without money",
            answer=_answer(20000, '{"status_code":20000,"result":[{"money":null}]}'),
            names="tasks.0.result.0.money.balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"version":"0.1.2026","status_code":40100,"status_message":"You are not Authorized '
            'to Access this resource.","tasks_count":0,"tasks_error":0,"tasks":null}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "bad key, in a 200",
            200,
            '{"status_code":40100,"tasks_count":0,"tasks":null}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "an address that is not on the list",
            200,
            '{"status_code":40207,"status_message":"Access denied. Your IP is not whitelisted. You '
            "can modify your IP whitelist in the user panel "
            'https://app.dataforseo.com/api-access ."}',
            Meaning.FORBIDDEN,
        ),
        Refusal(
            "an error within",
            200,
            '{"status_code":50000,"tasks_count":0,"tasks":null}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
    ),
)
