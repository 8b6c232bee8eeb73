"""bunny.net: names that begin with a capital, and records of payments that are not read."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="bunny.net",
    keys_url="https://dash.bunny.net/account/api-key",
    certainty="C",
    sources=(
        "docs.bunny.net/api-reference/core/billing/get-billing-details (the call)",
        "docs.bunny.net/api-reference/core/errors (what statuses mean, how an error looks)",
        "six independent programs (the fields), carbon/Bunny BillingSummary among them",
    ),
    unsure="The fields are known from programs; the currency is on none of the provider's pages. "
    "Some programs know an AvailableBalance beside the balance.",
    balance=Exchange(
        request="GET https://api.bunny.net/billing",
        headers={"AccessKey": "{api_key}"},
        answer='{"Balance":46.8,"AvailableBalance":40.1,"ThisMonthCharges":3.21,'
        '"MonthlyChargesStorage":0.5,"MonthlyBandwidthUsed":1234567890,"CouponBalance":1.5,'
        '"BillingRecords":[{"Id":1,"Amount":50,"Payer":"someone@example.com","Type":2}]}',
        made_up=True,
        required=("Balance",),
        optional=("ThisMonthCharges", "CouponBalance"),
    ),
    readings={"balance": "46.8 USD", "used": "3.21 USD", "granted": "1.5 USD"},
    balances=(Place(at="Balance"),),
    samples=(
        Sample(
            shows="an account that is overdrawn",
            answer='{"Balance":-0.75,"ThisMonthCharges":3.21,"BillingRecords":[]}',
            readings={"balance": "-0.75 USD", "used": "3.21 USD", "granted": None},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"ErrorKey":"unauthorized","Field":"","Message":"Authorization has been denied."}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal("bad key, without a word", 401, "", Meaning.INVALID_AUTH, made_up=True),
    ),
)
