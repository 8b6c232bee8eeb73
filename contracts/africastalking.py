"""Africa's Talking: a currency and a number in one text; the username goes in the query."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Africa's Talking",
    keys_url="https://account.africastalking.com",
    certainty="A",
    sources=(
        "docs.africastalking.com/userdata/balance (the call, XML if not asked for JSON, `KES XXX`)",
        "SDK africastalking 2.0.3 (Application.fetch_application_data: the call)",
        "independent programs (the answer)",
    ),
    unsure="The status of a refusal. The app called sandbox is at another host, and has no "
    "balance.",
    credentials={"username": "made-up-app", "api_key": "made-up-key"},
    balance=Exchange(
        request="GET https://api.africastalking.com/version1/user?username={username}",
        headers={"apiKey": "{api_key}", "Accept": "application/json"},
        answer='{"UserData":{"balance":"KES 1234.5000"}}',
        required=("UserData.balance",),
    ),
    readings={"balance": "1234.5000 KES"},
    balances=(Place(at="UserData.balance", text="KES {}"),),
    identities=(Identity(id="made-up-app"),),
    samples=(
        Sample(
            shows="another currency, overdrawn",
            answer='{"UserData":{"balance":"UGX -12.0000"}}',
            readings={"balance": "-12.0000 UGX"},
        ),
        Sample(
            shows="a number without a currency",
            answer='{"UserData":{"balance":"1234.5000"}}',
            names="UserData.balance",
        ),
        Sample(
            shows="words that are no number",
            answer='{"UserData":{"balance":"KES 1,234.5000"}}',
            names="UserData.balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            "The supplied authentication is invalid",
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
    ),
)
