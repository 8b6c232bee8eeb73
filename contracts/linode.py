"""Linode (Akamai): a number with the sign turned round, and a list of promotions as texts."""

from dataclasses import replace

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_ACCOUNT = Exchange(
    request="GET https://api.linode.com/v4/account",
    headers={"Authorization": "Bearer {api_key}"},
    answer='{"active_promotions":[{"credit_monthly_cap":"10.00","credit_remaining":"50.00",'
    '"description":"Receive up to $10 off your services every month.",'
    '"expire_dt":"2018-01-31T23:59:59","image_url":"https://example.com/image.svg",'
    '"service_type":"all","summary":"$10 off your Linode a month!",'
    '"this_month_credit_remaining":"10.00"}],"active_since":"2018-01-01T00:01:01",'
    '"address_1":"123 Main Street","address_2":"Suite A","balance":200,'
    '"balance_uninvoiced":145,"billing_source":"akamai","capabilities":["Linodes"],'
    '"city":"Example","company":"Example","country":"US",'
    '"credit_card":{"expiry":"11/2024","last_four":"0000"},"email":"someone@example.com",'
    '"euuid":"MADE-UP-ACCOUNT","first_name":"Some","last_name":"One","phone":"000",'
    '"state":"PA","tax_id":"000","zip":"00000"}',
    made_up=True,
    required=("balance", "active_promotions.0.service_type"),
    optional=("balance_uninvoiced", "active_promotions.0.credit_remaining"),
)

CONTRACT = Contract(
    name="Linode (Akamai)",
    keys_url="https://cloud.linode.com/profile/tokens",
    certainty="B",
    sources=(
        "linode/linodego account.go and its fixture account_get.json (August 2026)",
        "SDK linode_api4 5.48.0",
        "types of the package @linode/api-v4 0.155.0; linode/manager BillingSummary.tsx (the sign)",
        "linode/cli issue 30 (a balance of -29.91 is a credit of 29.91, says who works there)",
        "linode/linode-cli issue 142, trailofbits/algo pull request 14348 (401 for a scope)",
    ),
    unsure="What of the running month a promotion will pay. The balance changes with invoices. An "
    "account that pays afterwards has 0 or owes something: it is never told to be used up.",
    limits="told in the headers of answers only",
    rights="account:read_only",
    may_owe=True,
    balance=_ACCOUNT,
    readings={"balance": "-200 USD", "used": "145 USD", "balance_promotion all": "50.00 USD"},
    balances=(
        Place(at="balance", scale="-1"),
        Place(at="active_promotions.0.credit_remaining", scope="Promotion all"),
    ),
    whoami=replace(_ACCOUNT, required=("euuid",), optional=()),
    identities=(Identity(id="MADE-UP-ACCOUNT", id_at="euuid"),),
    samples=(
        Sample(
            shows="credit, and promotions for the same and for other services",
            answer='{"active_promotions":[{"credit_remaining":"50.00","service_type":"all"},'
            '{"credit_remaining":"20.50","service_type":"linode"},'
            '{"credit_remaining":"5.00","service_type":"all"}],'
            '"balance":-31.5,"balance_uninvoiced":0,"email":"someone@example.com",'
            '"euuid":"MADE-UP-ACCOUNT"}',
            readings={
                "balance": "31.5 USD",
                "used": "0 USD",
                "balance_promotion all": "55.00 USD",
                "balance_promotion linode": "20.50 USD",
            },
        ),
        Sample(
            shows="no promotion",
            answer='{"active_promotions":[],"balance":0,"balance_uninvoiced":1.25,'
            '"email":"someone@example.com"}',
            readings={"balance": "0 USD", "used": "1.25 USD"},
        ),
    ),
    refusals=(
        Refusal("bad key", 401, '{"errors":[{"reason":"Invalid Token"}]}', Meaning.INVALID_AUTH),
        Refusal(
            "missing right",
            401,
            '{"errors":[{"reason":"Your OAuth token is not authorized to use this endpoint."}]}',
            Meaning.FORBIDDEN,
        ),
        Refusal(
            "a user without access to the account",
            403,
            '{"errors":[{"reason":"Unauthorized"}]}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
