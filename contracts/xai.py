"""xAI: prepaid credit as negative cents, less what the running cycle used of it; for one team."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_CREDITS = "coreInvoice.prepaidCredits.val"
_USED = "coreInvoice.prepaidCreditsUsed.val"

CONTRACT = Contract(
    name="xAI",
    keys_url="https://console.x.ai",
    certainty="C",
    sources=(
        "docs.x.ai/developers/rest-api-reference/management/billing, as five programs quote it",
        "a program's note of a live answer: -3816 and -1373 cents, where the console had 24.43 USD",
        "another's: 168.47 USD less 116.66 USD, where the console had 52.14 USD",
        "CodexBar docs/xai.md (inverted cents; the ledger is posted when a cycle closes)",
        "spyx APICatalogTests (a reported team that pays afterwards: 0 of 0 credit, and a limit)",
    ),
    unsure="No answer was seen whole, and a refusal is known by its status only. Some samples have "
    "what was used with the other sign. Money that is paid afterwards is not in the balance: of a "
    "team that may spend such money, and has no credit in a cycle, none is known.",
    rights="Billing Read",
    balance=Exchange(
        request="GET https://management-api.x.ai/v1/billing/teams/{account}/postpaid/invoice/preview",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"coreInvoice":{"prepaidCredits":{"val":"-3816"},"prepaidCreditsUsed":'
        '{"val":"-1373"},"totalWithCorr":{"val":"1373"},"amountAfterVat":"0"},'
        '"effectiveSpendingLimit":"5000","billingCycle":{"year":2026,"month":8}}',
        made_up=True,
        required=(_CREDITS, _USED),
    ),
    readings={"balance": "24.43 USD", "used": "13.73 USD"},
    balances=(Place(at=_CREDITS, minus=_USED, scale="-0.01"),),
    whoami=Exchange(
        request="GET https://management-api.x.ai/auth/management-keys/validation",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"apiKeyId":"made-up-id","teamId":"made-up-team","scope":"SCOPE_TEAM",'
        '"scopeId":"made-up-team","name":"Some key","acls":["team-token:endpoint:BillingRead"]}',
        made_up=True,
        required=("teamId",),
    ),
    identities=(Identity(id="made-up-team", id_at="teamId"),),
    samples=(
        Sample(
            shows="what was used without its sign",
            answer='{"coreInvoice":{"prepaidCredits":{"val":"-4500"},"prepaidCreditsUsed":'
            '{"val":"500"}}}',
            readings={"balance": "40 USD", "used": "5 USD"},
        ),
        Sample(
            shows="more used than there was",
            answer='{"coreInvoice":{"prepaidCredits":{"val":"-100"},"prepaidCreditsUsed":'
            '{"val":"-600"}}}',
            readings={"balance": "-5 USD", "used": "6 USD"},
        ),
        Sample(
            shows="a cycle that has just begun",
            answer='{"coreInvoice":{"prepaidCredits":{"val":"-4250"},"prepaidCreditsUsed":'
            '{"val":"0"}}}',
            readings={"balance": "42.50 USD", "used": "0 USD"},
        ),
        Sample(
            shows="a team that pays afterwards: no credit is not that nothing is left",
            answer='{"coreInvoice":{"amountAfterVat":"1250","prepaidCredits":{"val":"0"},'
            '"prepaidCreditsUsed":{"val":"0"}},"effectiveSpendingLimit":"5000"}',
            readings={"balance": None, "used": None},
        ),
        Sample(
            shows="a team that may not pay afterwards, and has no credit",
            answer='{"coreInvoice":{"prepaidCredits":{"val":"0"},"prepaidCreditsUsed":'
            '{"val":"0"}},"effectiveSpendingLimit":"0"}',
            readings={"balance": "0 USD", "used": "0 USD"},
        ),
        Sample(
            shows="credit that is used up in this cycle, while more is paid afterwards",
            answer='{"coreInvoice":{"prepaidCredits":{"val":"-2500"},"prepaidCreditsUsed":'
            '{"val":"-2500"}},"effectiveSpendingLimit":"5000"}',
            readings={"balance": "0 USD", "used": "25 USD"},
        ),
        Sample(
            shows="no credit, and no word on paying afterwards",
            answer='{"coreInvoice":{"prepaidCredits":{"val":"0"},"prepaidCreditsUsed":'
            '{"val":"0"}}}',
            readings={"balance": "0 USD", "used": "0 USD"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"code":16,"message":"Invalid management key","details":[]}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            403,
            '{"code":7,"message":"Missing permission","details":[]}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "a team that is not the key's",
            404,
            '{"code":5,"message":"Not found","details":[]}',
            Meaning.UNEXPECTED_RESPONSE,
            to="balance",
            made_up=True,
        ),
    ),
)
