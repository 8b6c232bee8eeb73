"""Messente: `OK` and the money in euros, or an error's number."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="Messente",
    keys_url="https://messente.com",
    certainty="A",
    sources=(
        "messente.com/documentation/credits-api (request, answer, unit, the three errors)",
        "messente-ruby spec and java-sdk MessenteTest (the same address and answer)",
    ),
    unsure="The HTTP status of the errors, which is taken to be 200.",
    credentials={"username": "someone", "api_key": "made-up-password"},
    balance=Exchange(
        request="GET https://api2.messente.com/get_balance/?username={username}&password={api_key}",
        headers={},
        answer="OK 707.54",
    ),
    readings={"balance": "707.54 EUR"},
    balances=(Place(at="", text="OK {}"),),
    samples=(
        Sample(shows="a debt", answer="OK -3.5", readings={"balance": "-3.5 EUR"}),
        Sample(shows="a new line", answer="OK 12\n", readings={"balance": "12 EUR"}),
        Sample(shows="no number", answer="OK SENT", names="balance"),
    ),
    refusals=(
        Refusal("bad key", 200, "ERROR 101", Meaning.INVALID_AUTH),
        Refusal("a parameter is missing", 200, "ERROR 102", Meaning.UNEXPECTED_RESPONSE),
        Refusal("outage", 200, "FAILED 209", Meaning.CANNOT_CONNECT),
    ),
)
