"""NanoGPT: dollars and a cryptocurrency, beside the address of a wallet."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

CONTRACT = Contract(
    name="NanoGPT",
    keys_url="https://nano-gpt.com/api",
    certainty="A",
    sources=("docs.nano-gpt.com/api-reference/endpoint/check-balance.md",),
    unsure="What a bad key gets: only the status 400 is documented, as an unexpected error. "
    "The description calls both amounts optional; one without dollars is taken for an error. "
    "What a subscription includes is told by another call, and not in these amounts.",
    balance=Exchange(
        request="POST https://nano-gpt.com/api/check-balance",
        headers={"x-api-key": "{api_key}"},
        answer='{"usd_balance":"129.46956147","nano_balance":"26.71801147",'
        '"nanoDepositAddress":"nano_made-up-address"}',
        required=("usd_balance",),
        optional=("nano_balance",),
    ),
    readings={"balance_usd": "129.46956147 USD", "balance_xno": "26.71801147 XNO"},
    balances=(
        Place(at="usd_balance", scope="USD"),
        Place(at="nano_balance", scope="XNO"),
    ),
    samples=(
        Sample(
            shows="nothing in the cryptocurrency, and a little owed",
            answer='{"usd_balance":"-0.00012","nano_balance":"0"}',
            readings={"balance_usd": "-0.00012 USD", "balance_xno": "0 XNO"},
        ),
        Sample(
            shows="an error in a success",
            answer='{"error":"Unexpected error"}',
            names="usd_balance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":"Invalid API key"}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "unexpected error",
            400,
            '{"error":400,"message":"Unexpected error"}',
            Meaning.UNEXPECTED_RESPONSE,
            made_up=True,
        ),
    ),
)
