"""Bright Data: money, and what is pending under either of two names."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Bright Data",
    keys_url="https://brightdata.com/cp/setting/users",
    certainty="D",
    sources=(
        "docs.brightdata.com Get_total_balance_through_API (the call, one name of each field)",
        "four independent programs (the other names, keys that may not ask)",
    ),
    unsure="Live answers have other fields beside the balance than the documentation. Whether what "
    "is pending has been taken off the balance, and whether keys other than Admin may ask.",
    rights="Admin",
    balance=Exchange(
        request="GET https://api.brightdata.com/customer/balance",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"balance":456,"pending_balance":123}',
        required=("balance",),
        optional=("pending_balance",),
    ),
    readings={"balance": "456 USD", "used": "123 USD"},
    balances=(Place(at="balance"),),
    samples=(
        Sample(
            shows="the other name, as a program has seen it",
            answer='{"balance":2,"credit":0,"prepayment":0,"pending_costs":0.2}',
            readings={"balance": "2 USD", "used": "0.2 USD"},
        ),
    ),
    refusals=(
        Refusal("bad key", 401, "Invalid credentials", Meaning.INVALID_AUTH, made_up=True),
        Refusal("missing right", 403, "Forbidden", Meaning.FORBIDDEN, made_up=True),
        Refusal(
            "missing right, as JSON",
            403,
            '{"error":"Forbidden"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
