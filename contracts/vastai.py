"""Vast.ai: prepaid credit; the answer also holds the account's own keys and address."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

_USER = Exchange(
    request="GET https://console.vast.ai/api/v0/users/current/",
    headers={"Authorization": "Bearer {api_key}"},
    answer='{"id":123456,"email":"you@example.com","credit":25.00,"ssh_key":"made-up"}',
    required=("credit",),
)

CONTRACT = Contract(
    name="Vast.ai",
    keys_url="https://cloud.vast.ai/manage-keys/",
    certainty="A",
    sources=(
        "vast-ai/docs api-reference/authentication.mdx, rate-limits-and-errors.mdx",
        "docs.vast.ai/api-reference/accounts/show-user (its description, with balance)",
        "SDK vastai 1.9.1 (show_user), vast-ai/vast-cli vast.py (user_fields)",
    ),
    unsure="The pages disagree on the field: one shows credit, one balance. A bad key may get the "
    "same 403 as one without the right. Two requests within a second may be refused.",
    limits="a shortest interval for each endpoint and key, without a number",
    rights="user_read",
    balance=_USER,
    readings={"balance": "25.00 USD"},
    balances=(Place(at="credit"),),
    samples=(
        Sample(
            shows="the other page's name of the balance, owed",
            answer='{"id":123,"key_id":123,"email":"you@example.com","balance":-1.5,'
            '"ssh_key":"made-up","sid":"made-up"}',
            readings={"balance": "-1.5 USD"},
        ),
        Sample(
            shows="both names",
            answer='{"id":123456,"balance":0,"credit":12.25,"api_key":"made-up"}',
            readings={"balance": "12.25 USD"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"success":false,"error":"auth_error","msg":"Invalid user key"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            403,
            '{"success":false,"error":"forbidden","msg":"missing permission"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal("too often", 429, "API requests too frequent", Meaning.RATE_LIMITED),
    ),
)
