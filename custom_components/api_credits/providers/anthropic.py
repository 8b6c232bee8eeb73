"""Anthropic: prepaid credit; the costs of the organization by the day, with an admin key."""

from decimal import Decimal

from yarl import URL

from ..client.credentials import Header, Need, Rights, Secret
from ..client.declared import Refusal, Whoami
from ..client.errors import NotAdminError
from ..client.reports import Calculated, Report


class Anthropic(Calculated):
    """The costs of an organization in cents, of all its workspaces, without its Priority Tier."""

    key = "anthropic"
    name = "Anthropic"
    website = "https://www.anthropic.com"
    keys_url = "https://platform.claude.com/settings/admin-keys"
    top_up_url = "https://platform.claude.com/settings/billing"
    secret = Secret.ADMIN_KEY
    rights = Rights(Need.ORGANIZATION, "Admin key")
    auth = Header("x-api-key")
    base = URL("https://api.anthropic.com")
    fixed_headers = {"anthropic-version": "2023-06-01"}
    whoami = Whoami(path="v1/organizations/me", id_path="id", title_path="name")
    refusals = (
        Refusal(means=NotAdminError, status=403, word="permission_error", path="error.type"),
    )
    report = Report(
        path="v1/organizations/cost_report",
        size=31,
        start="starting_at",
        end="ending_at",
        written=lambda at: f"{at:%Y-%m-%dT%H:%M:%SZ}",
        begins="starting_at",
        value="amount",
        unit="currency",
        scale=Decimal("0.01"),
    )
