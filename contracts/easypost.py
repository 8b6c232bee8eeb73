"""EasyPost: a decimal text in US dollars, beside much that is personal."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_REQUEST = "GET https://api.easypost.com/v2/users"
_HEADERS = {"Authorization": "Bearer {api_key}"}
_ANSWER = (
    '{"id":"user_made_up","object":"User","parent_id":null,"name":"EasyPost Docs",'
    '"phone_number":"5555555555","verified":true,"created_at":"2022-10-14T17:23:58Z",'
    '"balance":"12.34567","price_per_shipment":"0.00000","recharge_amount":"100.00",'
    '"secondary_recharge_amount":"100.00","recharge_threshold":"0.00","has_billing_method":null,'
    '"cc_fee_rate":"0.0375","email":"someone@example.com","children":[{"id":"user_child",'
    '"object":"User","parent_id":"user_made_up","name":"Test User","children":[]}]}'
)
_TEST_KEY = (
    '{"error":{"code":"MODE.UNAUTHORIZED","message":"This resource requires a production API Key'
    ' to access.","errors":[]}}'
)

CONTRACT = Contract(
    name="EasyPost",
    keys_url="https://www.easypost.com",
    certainty="A",
    sources=(
        "docs.easypost.com/docs/users (the call, US dollars, production keys only, the example)",
        "SDK easypost 10.7.0 (user.retrieve_me(): Bearer)",
        "EasyPost/easypost-python test_api_key_retrieve_authenticated_user.yaml (amounts)",
        "two programs that quote what a test key is told",
    ),
    unsure="The status and code that a test key gets; its message is known.",
    rights="Production API Key",
    balance=Exchange(
        request=_REQUEST,
        headers=_HEADERS,
        answer=_ANSWER,
        made_up=True,
        required=("balance",),
    ),
    readings={"balance": "12.34567 USD"},
    balances=(Place(at="balance"),),
    whoami=Exchange(
        request=_REQUEST, headers=_HEADERS, answer=_ANSWER, made_up=True, required=("id",)
    ),
    identities=(Identity(id="user_made_up", id_at="id"),),
    samples=(
        Sample(
            shows="a child user, as documented: it has no wallet",
            answer='{"id":"user_child","object":"User","parent_id":"user_made_up","name":'
            '"Test User","phone_number":"8005550100","verified":true,"children":[]}',
            names="balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"code":"APIKEY.INACTIVE","message":"This api key is no longer active.'
            ' Please use a different api key or reactivate this key.","errors":[]}}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal("missing right", 403, _TEST_KEY, Meaning.FORBIDDEN, made_up=True),
        Refusal("missing right, as a 401", 401, _TEST_KEY, Meaning.FORBIDDEN, made_up=True),
    ),
)
