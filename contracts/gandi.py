"""Gandi: a prepaid account in its own currency, which not every customer has."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Gandi",
    keys_url="https://www.gandi.net",
    certainty="A",
    sources=(
        "api.gandi.net/docs/billing (fields, their meaning, 401 and 403)",
        "api.gandi.net/docs/authentication",
    ),
    unsure="What a token is answered that was made for an organisation other than one's own: its "
    "prepaid account has another address. What the right is called.",
    rights="billing",
    balance=Exchange(
        request="GET https://api.gandi.net/v5/billing/info",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"prepaid":{"amount":49856.3,"currency":"EUR","warning_threshold":100,'
        '"created_at":"2019-01-15T12:11:35Z","updated_at":"2019-03-08T15:14:53Z"},'
        '"outstanding_amount":0,"annual_balance":120,"grid":"A"}',
        required=("prepaid.currency",),
        optional=("prepaid.amount", "prepaid.warning_threshold"),
    ),
    readings={"balance": "49856.3 EUR", "threshold": "100 EUR"},
    balances=(Place(at="prepaid.amount"),),
    samples=(
        Sample(
            shows="a customer without a prepaid account",
            answer='{"prepaid_monthly_invoice":false,"outstanding_amount":0,'
            '"annual_balance":250,"grid":"A"}',
            readings={"balance": None, "threshold": None},
            documented=True,
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"object":"HTTPUnauthorized","cause":"Unauthorized","code":401,'
            '"message":"The server could not verify that you authorized to access the document"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            403,
            '{"object":"HTTPForbidden","cause":"Forbidden","code":403,'
            '"message":"Access was denied to this resource."}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
