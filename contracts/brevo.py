"""Brevo: what is left of every plan, in a list by type."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_REQUEST = "GET https://api.brevo.com/v3/account"
_HEADERS = {"api-key": "{api_key}"}
_REST = (
    '"organization_id":"made-up-organization","user_id":1,"email":"someone@example.com",'
    '"firstName":"John","lastName":"Smith","companyName":"MyShop","address":{"city":"New-York",'
    '"country":"USA","street":"1677B 8th Avenue","zipCode":"7665"},"enterprise":false,'
    '"marketingAutomation":{"enabled":true,"key":"made-up-key"},'
    '"relay":{"data":{"port":587,"relay":"smtp-relay.example.com","userName":"made-up"},'
    '"enabled":true}'
)
_ANSWER = (
    '{"plan":[{"credits":5000,"creditsType":"sendLimit","type":"payAsYouGo"},'
    '{"credits":39983,"creditsType":"sendLimit","endDate":"2017-04-11T00:00:00.000Z",'
    '"startDate":"2017-03-11T00:00:00.000Z","type":"subscription"},'
    f'{{"credits":999.536,"creditsType":"sendLimit","type":"sms"}}],{_REST}}}'
)

CONTRACT = Contract(
    name="Brevo",
    keys_url="https://app.brevo.com/settings/keys/api",
    certainty="B",
    sources=(
        "developers.brevo.com/reference/get-account, its sample as quoted at withone.ai",
        "SDKs brevo-python 5.1.0, sib-api-v3-sdk 7.6.0, brevo-php GetAccountPlan (what remains)",
        "brevo-python issue 13 (the form of a 401)",
        "help.brevo.com article 5740111683858 (blocking of unknown addresses)",
        "programs that quote the refusal of an unknown address",
    ),
    unsure="The free plan's e-mails come back every day, but nothing in the answer says when. "
    "When the id is absent.",
    limits="by plan",
    balance=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        required=tuple(
            f"plan.{number}.{name}" for number in range(3) for name in ("type", "credits")
        ),
    ),
    readings={
        "balance_payasyougo": "5000 credits",
        "balance_subscription": "39983 credits",
        "balance_sms": "999.536 credits",
    },
    balances=(
        Place(at="plan.0.credits", scope="payAsYouGo"),
        Place(at="plan.1.credits", scope="subscription"),
        Place(at="plan.2.credits", scope="sms"),
    ),
    whoami=Exchange(
        request=_REQUEST, headers=_HEADERS, answer=_ANSWER, optional=("organization_id",)
    ),
    identities=(Identity(id="made-up-organization", id_at="organization_id"),),
    samples=(
        Sample(
            shows="a free plan, and two packets of one type",
            answer='{"plan":[{"type":"free","creditsType":"sendLimit","credits":287},'
            '{"type":"sms","creditsType":"sendLimit","credits":40.5},'
            '{"type":"sms","creditsType":"sendLimit","credits":2}],"planVerticals":'
            '[{"planCategory":"MARKETING","name":"Free","credits":"300"}]}',
            readings={"balance_free": "287 credits", "balance_sms": "42.5 credits"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"message":"Internal error","code":"internal_error"}',
            names="plan",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"message":"Key not found","code":"unauthorized"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "no key",
            401,
            '{"message":"authentication not found in headers","code":"unauthorized"}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "an unknown address",
            401,
            '{"message":"We have detected you are using an unrecognised IP address 192.0.2.1. If '
            "you performed this action make sure to add the new IP address in this link: "
            'https://app.brevo.com/security/authorised_ips","code":"unauthorized"}',
            Meaning.FORBIDDEN,
        ),
    ),
)
