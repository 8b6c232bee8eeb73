"""remove.bg: the sum of three pools of credits, and free previews beside it."""

from .form import Contract, Exchange, Meaning, Place, Refusal, Sample

_CREDITS = "data.attributes.credits"

CONTRACT = Contract(
    name="remove.bg",
    keys_url="https://www.remove.bg/dashboard#api-key",
    certainty="B",
    sources=(
        "remove-bg/ruby spec/fixtures/vcr_cassettes/account*.yml (recorded answers)",
        "remove-bg/ruby lib/remove_bg/account_info.rb, lib/remove_bg/rate_limit_info.rb",
        "a copy of the provider's OpenAPI description (APIs.guru)",
    ),
    limits="balances may be some seconds old; the provider asks to call this rarely",
    min_minutes=15,
    balance=Exchange(
        request="GET https://api.remove.bg/v1.0/account",
        headers={"X-Api-Key": "{api_key}"},
        answer='{"data":{"attributes":{"credits":{"subscription":4943,"payg":0,"enterprise":0,'
        '"total":4943},"api":{"free_calls":0,"sizes":"all"}}}}',
        required=(f"{_CREDITS}.total",),
        optional=(f"{_CREDITS}.payg", "data.attributes.api.free_calls"),
    ),
    readings={"balance": "4943 credits", "purchased": "0 credits", "free": "0 calls"},
    balances=(Place(at=f"{_CREDITS}.total"),),
    samples=(
        Sample(
            shows="pools of several kinds, with a part of a credit",
            answer='{"data":{"attributes":{"credits":{"total":200.5,"subscription":150,'
            '"payg":50.5,"enterprise":0},"api":{"free_calls":50,"sizes":"all"}}}}',
            readings={"balance": "200.5 credits", "purchased": "50.5 credits", "free": "50 calls"},
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            403,
            '{"errors":[{"title":"API Key invalid","code":"auth_failed"}]}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "something else that is forbidden",
            403,
            '{"errors":[{"title":"Forbidden"}]}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            '{"errors":[{"title":"Rate limit exceeded","code":"rate_limit_exceeded"}]}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
