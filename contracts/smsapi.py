"""SMSAPI: points, on the host of the country where the account is."""

from .form import Contract, Elsewhere, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="SMSAPI",
    keys_url="https://ssl.smsapi.com/react/oauth/manage",
    certainty="B",
    sources=(
        "smsapi/smsapi-php-client src/Feature/Profile/Data/ProfileFactory.php (April 2026)",
        "SDK smsapi-client 2.9.7 (the four hosts, Bearer)",
        "pipedream.com/apps/smsapi (the scope `profile`)",
        "programs that ask api.smsapi.com/profile and api.smsapi.pl/profile",
    ),
    unsure="What a point is worth: about the money of the site, but nothing says so. What "
    "refusals look like. That every token needs the scope profile for it.",
    rights="profile",
    credentials={"api_key": "made-up-token", "region": "international"},
    elsewhere=(
        Elsewhere(credentials={"region": "poland"}, host="api.smsapi.pl"),
        Elsewhere(credentials={"region": "bulgaria"}, host="api.smsapi.bg"),
        Elsewhere(credentials={"region": "sweden"}, host="api.smsapi.se"),
    ),
    balance=Exchange(
        request="GET https://api.smsapi.com/profile",
        headers={"Authorization": "Bearer {api_key}"},
        answer='{"name":"Example","email":"someone@example.com","username":"example",'
        '"phone_number":"48500000000","payment_type":"prepaid","user_type":"native",'
        '"points":12.345}',
        made_up=True,
        required=("payment_type",),
        optional=("points",),
    ),
    readings={"balance": "12.345 points", "plan": "prepaid"},
    balances=(Place(at="points"),),
    samples=(
        Sample(
            shows="an account that pays later has no points",
            answer='{"name":"Example","email":"someone@example.com","username":"example",'
            '"phone_number":"48500000000","payment_type":"postpaid","user_type":"native"}',
            readings={"balance": None, "plan": "postpaid"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"error":101,"message":"Authorization failed"}',
            names="payment_type",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"message":"Authorization failed","error":"authorization_failed","errors":null}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            403,
            '{"message":"Forbidden","error":"forbidden","errors":null}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
