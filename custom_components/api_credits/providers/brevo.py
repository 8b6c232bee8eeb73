"""Brevo: what is left of every plan, in e-mails or credits for text messages.

Source: the provider's API reference, its SDKs and programs that quote a refusal. The e-mails of the
free plan come back every day, those of a subscription with its period, which is not read. A month
after the last new internet address Brevo begins to refuse unknown ones: with the status of a bad
key, and words of its own. Only the organisation's id is read beside the plans.
"""

from yarl import URL

from ..client.credentials import Header
from ..client.declared import Refusal, Whoami
from ..client.errors import ForbiddenError
from ..client.fields import Each, Field
from ..client.provider import Provider
from ..readings import BALANCE


class Brevo(Provider):
    """An organisation at Brevo."""

    key = "brevo"
    name = "Brevo"
    website = "https://www.brevo.com"
    keys_url = "https://app.brevo.com/settings/keys/api"
    top_up_url = "https://app.brevo.com/billing"

    auth = Header("api-key")
    base = URL("https://api.brevo.com/v3")
    path = "account"
    refusals = (Refusal(means=ForbiddenError, status=401, word="unrecognised IP address"),)
    fields = (
        Each(
            path="plan",
            scope_path="type",
            fields=(Field(path="credits", kind=BALANCE, unit="credits", required=True),),
        ),
    )
    whoami = Whoami(id_path="organization_id", may_lack=True)
