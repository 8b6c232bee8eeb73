"""Hyperstack: the prepaid credit of an organisation; below zero everything is suspended."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Hyperstack",
    keys_url="https://console.hyperstack.cloud/api-keys",
    certainty="A",
    sources=(
        "the API's OpenAPI description in the official Go SDK (June 2026)",
        "Python SDK hyperstack 1.56.1a0",
        "reference pages on credit, organisations, errors, rate limits and authentication",
    ),
    unsure="What the provider's threshold does: its pages disagree.",
    limits="500 requests a minute for each source address",
    rights="billing",
    balance=Exchange(
        request="GET https://infrahub-api.nexgencloud.com/v1/billing/user-credit/credit",
        headers={"api_key": "{api_key}"},
        answer='{"message":"Success","status":true,"data":'
        '{"credit":28.147631028367705,"threshold":0,"can_create_instance":true}}',
        required=("data.credit",),
        optional=("data.threshold", "data.can_create_instance"),
    ),
    readings={
        "balance": "28.147631028367705 USD",
        "threshold": "0 USD",
        "can_create_instance": True,
    },
    balances=(
        Place(at="data.credit"),
        Place(at="data.can_create_instance", above="data.threshold"),
    ),
    whoami=Exchange(
        request="GET https://infrahub-api.nexgencloud.com/v1/auth/organizations",
        headers={"api_key": "{api_key}"},
        answer='{"status":true,"message":"Success","organization":{"id":4711,"name":"Example Org",'
        '"credit":28,"threshold":0,"users":[{"id":1,"name":"Some One","username":"someone",'
        '"email":"someone@example.com","role":"owner"}]}}',
        made_up=True,
        required=("organization.id",),
        optional=("organization.name",),
    ),
    identities=(
        Identity(
            id="4711",
            title="Example Org",
            id_at="organization.id",
            title_at="organization.name",
        ),
    ),
    samples=(
        Sample(
            shows="an organisation that is suspended",
            answer='{"message":"Success","status":true,"data":'
            '{"credit":-3.25,"threshold":10,"can_create_instance":false}}',
            readings={
                "balance": "-3.25 USD",
                "threshold": "10 USD",
                "can_create_instance": False,
            },
        ),
        Sample(
            shows="an error in a success",
            answer='{"status":false,"message":"Bad request","error_reason":"bad_request"}',
            names="data.credit",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"status":false,"message":"Unauthorized. Please check your API key",'
            '"error_reason":"unauthorized"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "bad key, without a reason",
            401,
            '{"status":false,"message":"Unauthorized"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            403,
            '{"status":false,"message":"You are not allowed to perform this action",'
            '"error_reason":"forbidden"}',
            Meaning.FORBIDDEN,
            to="balance",
            made_up=True,
        ),
        Refusal(
            "restricted key",
            403,
            '{"status":false,"message":"You are not allowed to perform this action",'
            '"error_reason":"forbidden"}',
            Meaning.FORBIDDEN,
            to="whoami",
            harmless=True,
            made_up=True,
        ),
        Refusal(
            "bad request",
            400,
            '{"status":false,"message":"Bad request","error_reason":"bad_request"}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
        Refusal(
            "not found",
            404,
            '{"status":false,"message":"Not found","error_reason":"not_found"}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            '{"status":false,"message":"Too many requests"}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
        Refusal(
            "outage",
            500,
            '{"message":"Internal Server Error"}',
            Meaning.CANNOT_CONNECT,
        ),
    ),
    others=(
        Exchange(
            request="GET https://infrahub-api.nexgencloud.com/v1/billing/billing/last-day-cost",
            headers={"api_key": "{api_key}"},
            answer='{"message":"Success","status":true,"data":{"instances_cost":45.6,'
            '"volumes_cost":0,"clusters_cost":0,"total_cost":45.6}}',
            made_up=True,
        ),
    ),
)
