"""SerpApi: the searches that are left, of the plan and bought ones together.

Source: the provider's documentation of the call and its Python SDKs. Asking is free. The plan's
searches come back every month, on a day that the answer does not tell.
"""

from yarl import URL

from ..client.credentials import Query
from ..client.declared import Whoami
from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE, LIMIT, PLAN, PURCHASED, USED


class SerpApi(Provider):
    """An account at SerpApi."""

    key = "serpapi"
    name = "SerpApi"
    website = "https://serpapi.com"
    keys_url = "https://serpapi.com/manage-api-key"
    top_up_url = "https://serpapi.com/change-plan"

    auth = Query("api_key")
    base = URL("https://serpapi.com")
    path = "account.json"
    fields = (
        Field(path="total_searches_left", kind=BALANCE, unit="searches", required=True),
        Field(path="searches_per_month", kind=LIMIT, unit="searches"),
        Field(path="this_month_usage", kind=USED, unit="searches"),
        Field(path="extra_credits", kind=PURCHASED, unit="searches"),
        Field(path="plan_name", kind=PLAN),
    )
    whoami = Whoami(id_path="account_id")
