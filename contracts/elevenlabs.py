"""ElevenLabs: what was used of how many credits, and when they come back."""

from .form import Contract, Exchange, Identity, Meaning, Place, Refusal, Sample

_READINGS = {
    "balance": "82769 credits",
    "limit": "100000 credits",
    "used": "17231 credits",
    "renews_at": "2025-01-31T20:54:18+00:00",
    "plan": "creator",
}

CONTRACT = Contract(
    name="ElevenLabs",
    keys_url="https://elevenlabs.io/app/settings/api-keys",
    certainty="B",
    sources=(
        "SDK elevenlabs 2.78.0 (user.get, user.subscription.get: paths, header, types)",
        "a copy of its OpenAPI description",
        "LifeOS issue 667 (two bodies of a 401, seen by one person)",
        "OWASP/Nest pull request 3861 (a 401 for a free plan, at another call, shortened)",
    ),
    unsure="That credits and characters are the same here: the fields say characters, the pages "
    "credits. A subscription that is past due is refused although credits are left; one that is "
    "billed by usage goes on below zero.",
    rights="user_read",
    balance=Exchange(
        request="GET https://api.elevenlabs.io/v1/user/subscription",
        headers={"xi-api-key": "{api_key}"},
        answer='{"tier":"creator","character_count":17231,"character_limit":100000,'
        '"next_character_count_reset_unix":1738356858,"max_credit_limit_extension":0,'
        '"can_extend_character_limit":true,"allowed_to_extend_character_limit":true,'
        '"voice_slots_used":1,"voice_limit":120,"currency":"usd",'
        '"current_overage":{"amount":"0","currency":"usd"},"status":"active",'
        '"billing_period":"monthly_period","character_refresh_period":"monthly_period",'
        '"has_open_invoices":false,"open_invoices":[]}',
        made_up=True,
        required=("character_count", "character_limit"),
        optional=("next_character_count_reset_unix", "tier"),
    ),
    readings=_READINGS,
    balances=(Place(at="character_count", of="character_limit", decimals=0),),
    dates=("next_character_count_reset_unix",),
    whoami=Exchange(
        request="GET https://api.elevenlabs.io/v1/user",
        headers={"xi-api-key": "{api_key}"},
        answer='{"user_id":"made-up-user","workspace_id":"made-up-workspace","first_name":"Some",'
        '"xi_api_key":"made-up-echo","xi_api_key_preview":"made-up","is_new_user":false,'
        '"referral_link_code":"made-up-code","subscription":{"tier":"creator",'
        '"character_count":17231,"character_limit":100000}}',
        made_up=True,
        required=("user_id",),
    ),
    identities=(Identity(id="made-up-user", id_at="user_id"),),
    samples=(
        Sample(
            shows="overage, and no date of a reset",
            answer='{"tier":"creator","character_count":100250,"character_limit":100000,'
            '"next_character_count_reset_unix":null,"max_credit_limit_extension":"unlimited",'
            '"status":"active"}',
            readings=_READINGS
            | {"balance": "-250 credits", "used": "100250 credits", "renews_at": None},
        ),
        Sample(
            shows="an error in a success",
            answer='{"detail":{"status":"internal_error","message":"Internal error"}}',
            names="character_limit",
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            401,
            '{"detail":{"status":"invalid_api_key","message":"Invalid API key"}}',
            Meaning.INVALID_AUTH,
        ),
        Refusal(
            "missing right",
            401,
            '{"detail":{"status":"missing_permissions","message":"The API key you used is missing '
            'the permission user_read to execute this operation."}}',
            Meaning.FORBIDDEN,
        ),
        Refusal(
            "a free plan that is barred",
            401,
            '{"detail":{"status":"detected_unusual_activity","message":"Unusual activity detected. '
            "Free Tier usage disabled. If you are using a proxy/VPN you might need to purchase a "
            'Paid Plan to not trigger our abuse detectors."}}',
            Meaning.FORBIDDEN,
        ),
    ),
)
