"""StepFun: the available balance of an account, in the currency of the site that it is at.

Source: the provider's API reference for platform.stepfun.com; for the international site several
programs. The currencies are inferred from the sites. The totals of what was topped up and granted
are cumulative by the page's wording, and no parts of what is left. Step Plan subscriptions are not
in this balance. An account that pays later may well have 0 or less, so its balance is unknown. The
provider tells no id.
"""

from yarl import URL

from ..client.credentials import Region
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, PLAN


class StepFun(Provider):
    """An account at StepFun."""

    key = "stepfun"
    name = "StepFun"
    website = "https://www.stepfun.com"
    keys_url = "https://platform.stepfun.com/interface-key"
    top_up_url = "https://platform.stepfun.com"

    base = URL("https://api.stepfun.com/v1")
    regions = {
        "china": Region(base=base, unit="CNY"),
        "international": Region(base=URL("https://api.stepfun.ai/v1"), unit="USD"),
    }
    path = "accounts"
    fields = (
        Field(path="balance", kind=BALANCE, unless=("type", "postpaid"), required=True),
        Field(path="type", kind=PLAN),
    )
