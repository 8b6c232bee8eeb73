"""Deepgram: a list of balances of a project, to be added up by their units."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_FIRST = "balances.0"

CONTRACT = Contract(
    name="Deepgram",
    keys_url="https://console.deepgram.com",
    pasted=("Token {api_key}", "Bearer {api_key}"),
    certainty="A",
    sources=(
        "developers.deepgram.com/reference/manage/billing/list (request, fields)",
        "developers.deepgram.com/reference/errors (bad key, missing right)",
        "developers.deepgram.com/docs/working-with-roles (billing:read)",
        "SDK deepgram-sdk 7.17.0 (header, 401 and 403)",
        "the .NET SDK (units: usd or hour)",
    ),
    unsure="Whether a balance that is used up leaves the list; an empty list is taken for an "
    "unknown balance. Whether the word is hour or hours.",
    rights="billing:read",
    balance=Exchange(
        request="GET https://api.deepgram.com/v1/projects/{account}/balances",
        headers={"Authorization": "Token {api_key}"},
        answer='{"balances":[{"balance_id":"made-up-balance","amount":1.1,"units":"usd",'
        '"purchase_order_id":"made-up-order"}]}',
        made_up=True,
        required=(f"{_FIRST}.amount", f"{_FIRST}.units"),
    ),
    readings={"balance_usd": "1.1 USD"},
    balances=(Place(at=f"{_FIRST}.amount", scope="usd"),),
    whoami=Exchange(
        request="GET https://api.deepgram.com/v1/projects",
        headers={"Authorization": "Token {api_key}"},
        answer='{"projects":[{"project_id":"made-up-project","name":"Podcasts"},'
        '{"project_id":"made-up-second","name":"Calls"}]}',
        made_up=True,
        required=tuple(f"projects.{number}.project_id" for number in (0, 1)),
        optional=tuple(f"projects.{number}.name" for number in (0, 1)),
    ),
    identities=(
        Identity(
            id="made-up-project",
            title="Podcasts",
            id_at="projects.0.project_id",
            title_at="projects.0.name",
        ),
        Identity(
            id="made-up-second",
            title="Calls",
            id_at="projects.1.project_id",
            title_at="projects.1.name",
        ),
    ),
    samples=(
        Sample(
            shows="a purchase beside a grant, and hours",
            answer='{"balances":[{"balance_id":"a","amount":150.25,"units":"USD"},'
            '{"balance_id":"b","amount":49.5,"units":"usd","purchase_order_id":"c"},'
            '{"balance_id":"d","amount":12.5,"units":"hour"}]}',
            readings={"balance_usd": "199.75 USD", "balance_hour": "12.5 hours"},
        ),
        Sample(
            shows="hours in the plural",
            answer='{"balances":[{"balance_id":"d","amount":12.5,"units":"hours"}]}',
            readings={"balance_hours": "12.5 hours"},
        ),
        Sample(
            shows="a project without any balance: unknown, not zero",
            answer='{"balances":[]}',
            readings={},
        ),
        Sample(
            shows="a unit that nobody has documented",
            answer='{"balances":[{"balance_id":"d","amount":12.5,"units":"tokens"}]}',
            names="balances.0.units",
        ),
        Sample(
            shows="an error in a success",
            answer='{"err_code":"INTERNAL","err_msg":"Internal error.","request_id":"made-up"}',
            names="balances",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"err_code":"INVALID_AUTH","err_msg":"Invalid credentials.","request_id":"uuid"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "missing right",
            403,
            '{"err_code":"INSUFFICIENT_PERMISSIONS","err_msg":"User does not have sufficient '
            'permissions.","request_id":"uuid"}',
            Meaning.FORBIDDEN,
            to="balance",
            made_up=True,
        ),
        Refusal(
            "missing right, as the page on errors has it",
            401,
            "User does not have sufficient permissions.",
            Meaning.FORBIDDEN,
        ),
        Refusal(
            "a project that is gone",
            404,
            '{"err_code":"PROJECT_NOT_FOUND","err_msg":"Project not found."}',
            Meaning.UNEXPECTED_RESPONSE,
            to="balance",
        ),
    ),
)
