"""Runpod: GraphQL, which may say no in a success; nothing but what is read is asked for."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_MYSELF = Exchange(
    request="POST https://api.runpod.io/graphql",
    headers={"Authorization": "Bearer {api_key}"},
    body='{"query":"query { myself { id clientBalance } }"}',
    answer='{"data":{"myself":{"id":"user_abc123","clientBalance":435.85}}}',
    made_up=True,
    required=("data.myself.clientBalance",),
)

CONTRACT = Contract(
    name="Runpod",
    keys_url="https://console.runpod.io/user/settings",
    certainty="A",
    sources=(
        "docs.runpod.io/runpodctl/reference/runpodctl-user (fields and values)",
        "runpod/docs sdks/graphql/configurations.mdx, get-started/api-keys.mdx, release-notes.mdx",
        "SDK runpod 1.12.0 (run_graphql_query: host, header, 401)",
    ),
    unsure="The provider ends its GraphQL API early in 2027, and its REST API has no balance yet.",
    rights="GraphQL",
    balance=_MYSELF,
    readings={"balance": "435.85 USD"},
    balances=(Place(at="data.myself.clientBalance"),),
    whoami=Exchange(
        request=_MYSELF.request,
        headers=_MYSELF.headers,
        body=_MYSELF.body,
        answer=_MYSELF.answer,
        made_up=True,
        required=("data.myself.id",),
    ),
    identities=(Identity(id="user_abc123", id_at="data.myself.id"),),
    samples=(
        Sample(
            shows="an error in a success",
            answer='{"errors":[{"message":"Something went wrong"}],"data":{"myself":null}}',
            names="errors",
        ),
        Sample(
            shows="an error beside an answer",
            answer='{"errors":[{"message":"Something went wrong"}],'
            '"data":{"myself":{"id":"user_abc123","clientBalance":0}}}',
            names="errors",
        ),
        Sample(
            shows="nobody",
            answer='{"data":{"myself":null}}',
            names="data.myself.clientBalance",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"errors":[{"message":"Unauthorized"}]}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal(
            "missing right",
            403,
            '{"errors":[{"message":"Forbidden"}]}',
            Meaning.FORBIDDEN,
            made_up=True,
        ),
    ),
)
