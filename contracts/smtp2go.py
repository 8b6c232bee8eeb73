"""SMTP2GO: the e-mails of a monthly cycle; a key that may not ask gets a 400."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

_DENIED = (
    '{"request_id":"22e5acba-43bf-11e6-ae42-408d5cce2644","data":{"error":"You do not have '
    'permission to access this API endpoint",'
    '"error_code":"E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED"}}'
)

CONTRACT = Contract(
    name="SMTP2GO",
    keys_url="https://app.smtp2go.com/sending/apikeys/",
    certainty="A",
    sources=(
        "developers.smtp2go.com/docs/reports-and-statistics, /reference/introduction-1",
        "the provider's OpenAPI description 3.0.4 (api-evangelist/smtp2go, August 2026)",
        "notes on developers.smtp2go.com/docs/response-codes (the same collection)",
        "tests of the provider's Python SDK (a key of the wrong form: 400)",
    ),
    unsure="The words in which a key that is unknown is refused.",
    limits="none of this endpoint; others 60 a minute",
    rights="/stats/email_cycle",
    balance=Exchange(
        request="POST https://api.smtp2go.com/v3/stats/email_cycle",
        headers={"X-Smtp2go-Api-Key": "{api_key}"},
        body="{}",
        answer='{"request_id":"4b84c952-9bca-432f-a68e-585e4c7a969c","data":{'
        '"cycle_start":"2022-11-01 00:00:00+00:00","cycle_end":"2022-11-30 00:00:00+00:00",'
        '"cycle_used":1,"cycle_remaining":9999,"cycle_max":10000}}',
        required=("data.cycle_remaining",),
        optional=("data.cycle_max", "data.cycle_used", "data.cycle_end"),
    ),
    readings={
        "balance": "9999 emails",
        "limit": "10000 emails",
        "used": "1 emails",
        "renews_at": "2022-11-30T00:00:00+00:00",
    },
    balances=(
        Place(at="data.cycle_remaining", decimals=0),
        Place(at="data.cycle_used", of="data.cycle_max", decimals=0),
    ),
    dates=("data.cycle_end",),
    samples=(
        Sample(
            shows="the time as the description's schema has it",
            answer='{"request_id":"made-up","data":{"cycle_start":"2016-08-01 01:49:15.863998",'
            '"cycle_end":"2016-08-04 01:49:15.863998","cycle_used":0,"cycle_remaining":1000,'
            '"cycle_max":1000}}',
            readings={
                "balance": "1000 emails",
                "limit": "1000 emails",
                "used": "0 emails",
                "renews_at": "2016-08-04T01:49:15.863998+00:00",
            },
        ),
        Sample(
            shows="an error in a success",
            answer='{"request_id":"made-up","data":{"error":"An error occurred",'
            '"error_code":"E_ApiResponseCodes.API_EXCEPTION","cycle_remaining":1}}',
            names="data.error_code",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"request_id":"made-up","data":{"error":"Invalid API key."}}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "a key of the wrong form",
            400,
            '{"request_id":"made-up","data":{"succeeded":0,"failed":1,"failures":["The API Key '
            "passed was not in the correct format, Please check the key is correct and try again, "
            'The full API key can be found in the API Keys section in the admin console."]}}',
            Meaning.INVALID_AUTH,
        ),
        Refusal("missing right", 400, _DENIED, Meaning.FORBIDDEN),
        Refusal("missing right, in a success", 200, _DENIED, Meaning.FORBIDDEN, made_up=True),
        Refusal(
            "bad request",
            400,
            '{"request_id":"made-up","data":{"error":"An error occurred processing the json data",'
            '"error_code":"E_ApiResponseCodes.NON_VALIDATING_IN_PAYLOAD"}}',
            Meaning.UNEXPECTED_RESPONSE,
        ),
    ),
)
