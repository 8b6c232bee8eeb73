"""VoIP.ms: a form with the credentials in it, and a word in every answer that says how it went."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="VoIP.ms",
    keys_url="https://voip.ms/m/api.php",
    certainty="C",
    sources=(
        "RuinXIII/Examples-REST-for-PHP README (address, parameters, allow-list)",
        "copies of the provider's documentation at roism.net and unifiedtelecom.net",
        "VoIP.ms SMS, VerifyCredentialsService.kt (POST, invalid_credentials, missing_credentials)",
        "programs that read the balance (its shape, ip_not_enabled, a form with POST)",
        "python-voipms ERROR_CODES (the words, and what the provider says of each)",
    ),
    unsure="That the form works for this call as it does for others: most programs put the "
    "credentials into the address, few post them. That the amount is always in US dollars.",
    rights="SOAP and REST/JSON API",
    credentials={"username": "someone@example.com", "api_key": "made-up-password"},
    balance=Exchange(
        request="POST https://voip.ms/api/v1/rest.php",
        headers={},
        body="method=getBalance&content_type=json&api_username={username}&api_password={api_key}",
        answer='{"status":"success","balance":{"current_balance":112.192790,'
        '"spent_total":21.05321}}',
        required=("status", "balance.current_balance"),
    ),
    readings={"balance": "112.19279 USD"},
    balances=(Place(at="balance.current_balance"),),
    samples=(
        Sample(
            shows="a text instead of a number",
            answer='{"status":"success","balance":{"current_balance":"-0.5200"}}',
            readings={"balance": "-0.52 USD"},
        ),
        Sample(
            shows="an error that nobody has met",
            answer='{"status":"invalid_method","message":"This is not a valid Method"}',
            names="status",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            200,
            '{"status":"invalid_credentials","message":"Username or Password is incorrect"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "no credentials",
            200,
            '{"status":"missing_credentials"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            200,
            '{"status":"ip_not_enabled","message":"This IP is not enabled for API use"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "an API that is not switched on",
            200,
            '{"status":"api_not_enabled"}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
