"""Apify: what was used of a month's limit, and the end of that month."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_HEADERS = {"Authorization": "Bearer {api_key}"}

CONTRACT = Contract(
    name="Apify",
    keys_url="https://console.apify.com/settings/integrations",
    certainty="A",
    sources=(
        "apify/apify-docs apify-api/openapi (August 2026)",
        "SDK apify-client 3.4.0 (user().limits)",
    ),
    limits="60 requests a second for each resource",
    balance=Exchange(
        request="GET https://api.apify.com/v2/users/me/limits",
        headers=_HEADERS,
        answer='{"data":{"monthlyUsageCycle":{"startAt":"2022-10-02T00:00:00.000Z",'
        '"endAt":"2022-11-01T23:59:59.999Z"},"limits":{"maxMonthlyUsageUsd":300,'
        '"maxMonthlyActorComputeUnits":1000,"maxMonthlyExternalDataTransferGbytes":7,'
        '"maxMonthlyProxySerps":50,"maxMonthlyResidentialProxyGbytes":0.5,'
        '"maxActorMemoryGbytes":16,"maxActorCount":100,"maxActorTaskCount":1000,'
        '"maxConcurrentActorJobs":256,"maxTeamAccountSeatCount":9,"dataRetentionDays":90},'
        '"current":{"monthlyUsageUsd":43,"monthlyActorComputeUnits":500.784475,'
        '"monthlyExternalDataTransferGbytes":3.00861903931946,"monthlyProxySerps":34,'
        '"monthlyResidentialProxyGbytes":0.4,"actorMemoryGbytes":8,"actorCount":31,'
        '"actorTaskCount":130,"activeActorJobCount":0,"teamAccountSeatCount":5}}}',
        required=("data.limits.maxMonthlyUsageUsd", "data.current.monthlyUsageUsd"),
        optional=("data.monthlyUsageCycle.endAt",),
    ),
    readings={
        "balance": "257 USD",
        "limit": "300 USD",
        "used": "43 USD",
        "renews_at": "2022-11-01T23:59:59.999000+00:00",
    },
    balances=(Place(at="data.current.monthlyUsageUsd", of="data.limits.maxMonthlyUsageUsd"),),
    dates=("data.monthlyUsageCycle.endAt",),
    whoami=Exchange(
        request="GET https://api.apify.com/v2/users/me",
        headers=_HEADERS,
        answer='{"data":{"id":"made-up-user","username":"made-up-name",'
        '"email":"someone@example.com","profile":{"name":"Some One"},'
        '"proxy":{"password":"made-up","groups":[]},'
        '"plan":{"id":"FREE","monthlyUsageCreditsUsd":5},"isPaying":false}}',
        made_up=True,
        optional=("data.id", "data.username"),
    ),
    identities=(
        Identity(
            id="made-up-user", title="made-up-name", id_at="data.id", title_at="data.username"
        ),
    ),
    samples=(
        Sample(
            shows="an error in a success",
            answer='{"error":{"type":"internal-error","message":"Internal error"}}',
            names="data.limits.maxMonthlyUsageUsd",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"error":{"type":"invalid-token","message":"Authentication token is not valid."}}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "a token that is limited to some things",
            403,
            '{"error":{"type":"insufficient-permissions","message":"Insufficient permissions."}}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
        Refusal(
            "too many requests",
            429,
            '{"error":{"type":"rate-limit-exceeded","message":"You have exceeded the rate limit"}}',
            Meaning.RATE_LIMITED,
            made_up=True,
        ),
    ),
)
