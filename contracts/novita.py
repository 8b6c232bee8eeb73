"""Novita AI: money as texts, counted in ten-thousandths of a dollar."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Novita AI",
    keys_url="https://novita.ai/settings/key-management",
    certainty="A",
    sources=(
        "novita.ai/docs/api-reference/basic-get-user-balance.md (August 2026)",
        "novita.ai/docs/guides/team (roles)",
        "can1357/oh-my-pi pull request 6989, with its test novita-login.test.ts (refusals seen)",
    ),
    unsure="What refusals say: the page says nothing of them, one program does. A bad key and that "
    "of a team's member who may not see the balance are refused alike. The balance counts a credit "
    "limit along, where there is one.",
    rights="Owner / Admin / Billing",
    balance=Exchange(
        request="GET https://api.novita.ai/openapi/v1/billing/balance/detail",
        headers={"Authorization": "Bearer {api_key}", "Content-Type": "application/json"},
        answer='{"availableBalance":"1000000","cashBalance":"800000","creditLimit":"200000",'
        '"pendingCharges":"0","outstandingInvoices":"0"}',
        required=("availableBalance",),
        optional=("cashBalance",),
    ),
    readings={"balance": "100 USD", "topped_up": "80 USD"},
    balances=(Place(at="availableBalance", scale="0.0001"),),
    samples=(
        Sample(
            shows="a part of a cent, and what is owed within the credit limit",
            answer='{"availableBalance":"1234567","cashBalance":"-5","creditLimit":"1234572",'
            '"pendingCharges":"0","outstandingInvoices":"5"}',
            readings={"balance": "123.4567 USD", "topped_up": "-0.0005 USD"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"code":401,"reason":"UNAUTHORIZED","message":"key not found","metadata":{}}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "missing right",
            401,
            '{"code":401,"reason":"UNAUTHORIZED","message":"key not found","metadata":{}}',
            Meaning.INVALID_AUTH,
        ),
    ),
)
