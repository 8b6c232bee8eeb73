"""DeepL API: characters used of a limit; Free keys end in :fx and have a host of their own."""

from .form import Contract, Elsewhere, Exchange, Meaning, Place, Refusal, Sample
from .form.contract import Value

_SPEECH: dict[str, Value] = {
    "balance_speech to text": None,
    "limit_speech to text": None,
    "used_speech to text": None,
}

CONTRACT = Contract(
    name="DeepL API",
    keys_url="https://www.deepl.com/your-account/keys",
    pasted=("DeepL-Auth-Key {api_key}", "Bearer {api_key}"),
    certainty="A",
    sources=(
        "DeepLcom/openapi openapi.yaml of 30 June 2026 (/v2/usage, UsageResponse, errors)",
        "SDK deepl 1.32.0 (host by the key's ending, header, 403 and 456)",
        "developers.deepl.com/api-reference/usage-and-quota (no limit)",
        "developers.deepl.com/docs/admin/managing-api-keys and retrieving-usage-data (pages)",
    ),
    unsure="Plans that count documents only are not read, nor are the minutes of speech to speech "
    "that newer answers tell. A key with a limit of its own may end "
    "before the balance does.",
    limits="not documented; the numbers are minutes old at most",
    elsewhere=(Elsewhere(credentials={"api_key": "made-up-key:fx"}, host="api-free.deepl.com"),),
    balance=Exchange(
        request="GET https://api.deepl.com/v2/usage",
        headers={"Authorization": "DeepL-Auth-Key {api_key}"},
        answer='{"character_count":5947223,"character_limit":8000000,"products":['
        '{"product_type":"translate","billing_unit":"characters","api_key_unit_count":636,'
        '"account_unit_count":5941580,"api_key_character_count":636,"character_count":5941580},'
        '{"product_type":"speechToText","billing_unit":"minutes","api_key_unit_count":30,'
        '"account_unit_count":30,"api_key_character_count":0,"character_count":0}],'
        '"api_key_character_count":636,"api_key_character_limit":1000000000000,'
        '"speech_to_text_milliseconds_count":0,"speech_to_text_milliseconds_limit":0,'
        '"speech_to_text_minutes_count":30,"speech_to_text_minutes_limit":600,'
        '"start_time":"2025-05-13T09:18:42Z","end_time":"2025-06-13T09:18:42Z"}',
        made_up=True,  # the documented one, with a limit by cost control
        required=("character_count", "character_limit"),
        optional=("speech_to_text_minutes_count", "speech_to_text_minutes_limit", "end_time"),
    ),
    readings={
        "balance": "2052777 characters",
        "limit": "8000000 characters",
        "used": "5947223 characters",
        "balance_speech to text": "570 minutes",
        "limit_speech to text": "600 minutes",
        "used_speech to text": "30 minutes",
        "renews_at": "2025-06-13T09:18:42+00:00",
    },
    balances=(
        Place(at="character_count", of="character_limit", decimals=0),
        Place(
            at="speech_to_text_minutes_count",
            of="speech_to_text_minutes_limit",
            scope="Speech to text",
            decimals=0,
        ),
    ),
    dates=("end_time",),
    samples=(
        Sample(
            shows="a Free subscription",
            answer='{"character_count":180118,"character_limit":1250000}',
            readings={
                **_SPEECH,
                "balance": "1069882 characters",
                "limit": "1250000 characters",
                "used": "180118 characters",
                "renews_at": None,
            },
            documented=True,
        ),
        Sample(
            shows="a Pro subscription without a limit",
            answer='{"character_count":5947223,"character_limit":1000000000000,'
            '"start_time":"2025-05-13T09:18:42Z","end_time":"2025-06-13T09:18:42Z"}',
            readings={
                **_SPEECH,
                "balance": None,
                "limit": None,
                "used": "5947223 characters",
                "renews_at": "2025-06-13T09:18:42+00:00",
            },
        ),
    ),
    refusals=(
        Refusal(
            "bad key",
            403,
            '{"message":"Authorization failed. Please supply a valid `DeepL-Auth-Key` via the '
            '`Authorization` header."}',
            Meaning.INVALID_AUTH,
            made_up=True,
        ),
        Refusal("bad key, without a word", 403, "", Meaning.INVALID_AUTH, made_up=True),
        Refusal(
            "used up",
            456,
            '{"message":"Quota exceeded. The character limit has been reached."}',
            Meaning.USED_UP,
            made_up=True,
        ),
    ),
)
