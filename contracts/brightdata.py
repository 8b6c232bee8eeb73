"""Bright Data: money, and what is pending under either of two names."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Bright Data",
    keys_url="https://brightdata.com/cp/setting/users",
    certainty="A",
    sources=(
        "brightdata/skills skills/billing, the provider's own (the answer as it is, who may ask)",
        "docs.brightdata.com Get_total_balance_through_API (the call, the other name)",
        "four independent programs (the same answer, keys that may not ask)",
    ),
    unsure="Whether what is pending has been taken off the balance. Free credits are a pool of "
    "their own that no answer tells: with money at 0 they may not be used up.",
    rights="Finance / Admin",
    balance=Exchange(
        request="GET https://api.brightdata.com/customer/balance",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"balance":2,"credit":0,"prepayment":0,"pending_costs":0.2}',
        required=("balance",),
        optional=("pending_costs",),
    ),
    readings={"balance": "2 USD", "used": "0.2 USD"},
    balances=(Place(at="balance"),),
    samples=(
        Sample(
            shows="the other name, as documented",
            answer='{"balance":456,"pending_balance":123}',
            readings={"balance": "456 USD", "used": "123 USD"},
            documented=True,
        ),
    ),
    refusals=(
        Refusal("bad key", 401, "Invalid credentials", Meaning.INVALID_AUTH),
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
