"""Vultr: a balance with the sign turned round, and what is pending; a list of addresses."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Vultr",
    keys_url="https://my.vultr.com/settings/#settingsapi",
    certainty="B",
    sources=(
        "vultr/govultr account.go, account_test.go, govultr.go (July 2026)",
        "vultr/vultr-csi issue 97 (what addresses that are not on the list are told)",
        "mishkatik/infra-billing pulls 21, 23 (the portal's Remaining Credit; with a live account)",
        "two more programs that show the same, and some that show the raw balance",
    ),
    unsure="USD is nowhere said.",
    limits="30 requests a second, or 2 as its SDK has it",
    rights="Access Control",
    may_owe=True,
    balance=Exchange(
        request="GET https://api.vultr.com/v2/account",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"account":{"balance":-5519.11,"pending_charges":57.03,'
        '"last_payment_date":"2014-07-18 15:31:01","last_payment_amount":-1.00,'
        '"name":"Test Tester","email":"someone@example.com",'
        '"acls":["subscriptions","billing","support","provisioning"]}}',
        required=("account.balance", "account.pending_charges"),
    ),
    readings={"balance": "5462.08 USD", "used": "57.03 USD"},
    balances=(Place(at="account.balance", scale="-1", plus="account.pending_charges"),),
    samples=(
        Sample(
            shows="more used than paid",
            answer='{"account":{"balance":-10,"pending_charges":12.5}}',
            readings={"balance": "-2.5 USD", "used": "12.5 USD"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":"Invalid API token.","status":401}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            401,
            '{"error":"Unauthorized IP address: 203.0.113.5","status":401}',
            Meaning.FORBIDDEN,
        ),
    ),
)
