"""D-ID: what is left of all grants together; the key goes along as it is shown."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="D-ID",
    keys_url="https://studio.d-id.com/account-settings",
    pasted=("Basic {api_key}", "Bearer {api_key}"),
    certainty="A",
    sources=(
        "docs.d-id.com/reference/credits-1 (answer)",
        "docs.d-id.com/reference/basic-authentication (the key goes along as it is)",
        "docs.d-id.com/docs/api-keys (the same)",
        "tryAGI/DId openapi.json (its description 4.2.1, April 2026: what is required, the 404)",
    ),
    unsure="Some programs encode the key once more; the provider's page does not. That an error "
    "about no credits is a balance of zero follows from its words alone. People report the status "
    "403, too, where a key was not accepted.",
    balance=Exchange(
        request="GET https://api.d-id.com/credits",
        headers={"Authorization": "Basic {api_key}"},
        answer='{"credits":[{"owner_id":"52907745-7672-470e-a803-a2f8feb52944","remaining":10000,'
        '"total":10000,"expire_at":"2022-11-01T08:04:43.587Z"}],"remaining":10000,"total":10000}',
        required=("remaining", "total"),
    ),
    readings={"balance": "10000 credits", "total": "10000 credits"},
    balances=(Place(at="remaining"),),
    samples=(
        Sample(
            shows="two grants, of which one is used up",
            answer='{"credits":[{"owner_id":"made-up","remaining":0,"total":20,"expire_at":'
            '"2026-11-01T08:04:43.587Z"},{"owner_id":"made-up","remaining":12.5,"total":100,'
            '"expire_at":"2026-12-01T08:04:43.587Z"}],"remaining":12.5,"total":120}',
            readings={"balance": "12.5 credits", "total": "120 credits"},
        ),
        Sample(
            shows="no grant",
            answer='{"credits":[],"remaining":0,"total":0}',
            readings={"balance": "0 credits", "total": "0 credits"},
        ),
        Sample(
            shows="no grant, as an error",
            answer='{"kind":"NotFoundError","description":"not credits found for user"}',
            status=404,
            readings={"balance": "0 credits", "total": "0 credits"},
            documented=True,
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"kind":"AuthorizationError","description":"user unauthenticated"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a key that may not",
            403,
            '{"kind":"PermissionError","description":"forbidden"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "another address",
            404,
            '{"kind":"NotFoundError","description":"not found"}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
    ),
)
