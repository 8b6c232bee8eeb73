"""MessageBird: credits, or a currency written out; nothing for those who pay later."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="MessageBird",
    keys_url="https://dashboard.messagebird.com",
    pasted=("AccessKey {api_key}", "Bearer {api_key}"),
    certainty="B",
    sources=(
        "SDK messagebird 2.2.0 (balance)",
        "messagebird/go-rest-api balance/testdata/balance.json, internal/mbtest/test_server.go",
    ),
    unsure="How long the old platform stays: keys of the new one (Bird) are refused. Which words "
    "there are for currencies.",
    balance=Exchange(
        request="GET https://rest.messagebird.com/balance",
        headers={"Authorization": "AccessKey {api_key}"},
        answer='{"payment":"prepaid","type":"credits","amount":9.2}',
        required=("payment", "type"),
        optional=("amount",),
    ),
    readings={"balance": "9.2 credits", "plan": "prepaid"},
    balances=(Place(at="amount"),),
    samples=(
        Sample(
            shows="euros",
            answer='{"payment":"prepaid","type":"euros","amount":-1.25}',
            readings={"balance": "-1.25 EUR", "plan": "prepaid"},
        ),
        Sample(
            shows="pounds",
            answer='{"payment":"prepaid","type":"pounds","amount":12}',
            readings={"balance": "12 GBP", "plan": "prepaid"},
        ),
        Sample(
            shows="dollars",
            answer='{"payment":"prepaid","type":"dollars","amount":12}',
            readings={"balance": "12 USD", "plan": "prepaid"},
        ),
        Sample(
            shows="an account that pays later: its 0 is not that nothing is left",
            answer='{"payment":"postpaid","type":"euros","amount":0}',
            readings={"balance": None, "plan": "postpaid"},
        ),
        Sample(
            shows="a word for no known unit",
            answer='{"payment":"prepaid","type":"doubloons","amount":3}',
            names="type",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"errors":[{"code":2,"description":"Request not allowed (incorrect access_key)",'
            '"parameter":"access_key"}]}',
            Meaning.INVALID_AUTH,
        ),
    ),
)
