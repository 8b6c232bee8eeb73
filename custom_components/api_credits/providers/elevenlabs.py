"""ElevenLabs: credits of a subscription that renews.

Source: the provider's Python SDK 2.78.0, a copy of its OpenAPI description, and error bodies that
people have reported. A balance below zero is overage that the plan allows. A subscription that is
past due is refused although credits are left; its status is not read. Not every 401 is about the
key: a right that it lacks has it, and so has a free plan that is barred.
"""

from yarl import URL

from ..client.credentials import Header, Need, Rights
from ..client.declared import Refusal, Whoami
from ..client.errors import ForbiddenError
from ..client.fields import Field, allowance
from ..client.provider import Provider
from ..readings import PLAN, RENEWS_AT


class ElevenLabs(Provider):
    """A user of ElevenLabs."""

    key = "elevenlabs"
    name = "ElevenLabs"
    website = "https://elevenlabs.io"
    keys_url = "https://elevenlabs.io/app/settings/api-keys"
    top_up_url = "https://elevenlabs.io/app/subscription"
    rights = Rights(Need.RIGHT, "user_read")

    auth = Header("xi-api-key")
    base = URL("https://api.elevenlabs.io/v1")
    path = "user/subscription"
    refusals = (
        Refusal(means=ForbiddenError, status=401, word="missing_permissions"),
        Refusal(means=ForbiddenError, status=401, word="detected_unusual_activity"),
    )
    fields = (
        *allowance(limit="character_limit", used="character_count", unit="credits"),
        Field(path="next_character_count_reset_unix", kind=RENEWS_AT),
        Field(path="tier", kind=PLAN),
    )
    whoami = Whoami(path="user", id_path="user_id")
