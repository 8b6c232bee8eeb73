"""DeepInfra: money to spend is a negative number, from which recent use is still to come off."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="DeepInfra",
    keys_url="https://deepinfra.com/dash/api_keys",
    certainty="C",
    sources=(
        "a copy of api.deepinfra.com/openapi.json of 20 May 2026 (request, fields, the sign)",
        "CodexBar DeepInfraUsageFetcher, quotamon and one other program (the formula, dollars)",
    ),
    unsure="The formula and the unit: the description names neither. An account that pays "
    "afterwards has a negative balance, and is not told to be used up; its spending limit and a "
    "suspension are not read.",
    may_owe=True,
    balance=Exchange(
        request="GET https://api.deepinfra.com/payment/checklist?compute_owed=true",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"email":true,"billing_address":true,"payment_method":true,"suspended":false,'
        '"overdue_invoices":0.0,"last_checked":0,"stripe_balance":-25.0,"recent":4.2,'
        '"limit":20.0,"suspend_reason":null,"topup":false,"topup_amount":0,"topup_threshold":0,'
        '"topup_failed":false}',
        made_up=True,
        required=("stripe_balance", "recent"),
    ),
    readings={"balance": "20.8 USD"},
    balances=(Place(at="stripe_balance", scale="-1", plus="recent"),),
    whoami=Exchange(
        request="GET https://api.deepinfra.com/v1/me",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"uid":"made-up-user","email":"someone@example.com","email_verified":true,'
        '"account_setup":true,"display_name":"someone","provider":"github",'
        '"picture":"https://example.com/picture.png","is_admin":false,"name":"Some One",'
        '"first_name":"Some","last_name":"One","country":"NL","is_business_account":false,'
        '"company":"","website":"","title":"","team_display_name":null,"checklist":null}',
        made_up=True,
        required=("uid",),
    ),
    identities=(Identity(id="made-up-user", id_at="uid"),),
    samples=(
        Sample(
            shows="money owed",
            answer='{"suspended":true,"stripe_balance":3,"recent":12,"limit":null,'
            '"suspend_reason":"overdue-invoices"}',
            readings={"balance": "-15 USD"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"error":"Internal error"}',
            names="stripe_balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"detail":{"error":"User not authenticated"}}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a key that may not see the billing",
            403,
            '{"detail":{"error":"Forbidden"}}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "a request that is not understood",
            422,
            '{"detail":[{"loc":["query","compute_owed"],"msg":"invalid","type":"bool_parsing"}]}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
    ),
)
