"""How each provider's own SDK reads the balance, in a process that finds the sandbox at every host.

This is run in the SDKs' environment. Each function asks once with the credentials it is given; what
it returns is by the scopes of the sandbox's accounts: an amount as the SDK has it, or by the sums
that the SDK documents, and its unit where the SDK says one.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
import json
import os
import socket
import sys
from typing import Any

type Read = Mapping[str, tuple[object, str | None]]

LOOPBACK = "127.0.0.1"
SOLE = ""


def africastalking(username: str, api_key: str) -> Read:
    import africastalking as sdk

    sdk.initialize(username, api_key)
    currency, amount = sdk.Application.fetch_application_data()["UserData"]["balance"].split()
    return {SOLE: (amount, currency)}


def apify(api_key: str) -> Read:
    from apify_client import ApifyClient
    from apify_client.http_clients import Httpx2HttpClient

    # The SDK's other client, in Rust, can neither be told of hosts nor of an authority.
    http_client = Httpx2HttpClient(token=api_key)
    limits = ApifyClient.with_custom_http_client(http_client=http_client).user().limits()
    left = decimal(limits.limits.max_monthly_usage_usd) - decimal(limits.current.monthly_usage_usd)
    return {SOLE: (left, "USD")}


def brevo(api_key: str) -> Read:
    from brevo import Brevo

    account = Brevo(api_key=api_key).account.get_account()
    return added_up((plan.type, plan.credits, "credits") for plan in account.plan)


def clicksend(username: str, api_key: str) -> Read:
    from clicksend import ApiClient, Configuration
    from clicksend.api.management_api import ManagementApi

    client = ApiClient(Configuration(username=username, password=api_key))
    account = ManagementApi(client).view_account_details().data
    return {SOLE: (account.balance, account.currency.currency_name_short)}


def dataforseo(username: str, api_key: str) -> Read:
    from dataforseo_client import ApiClient, Configuration
    from dataforseo_client.api.appendix_api import AppendixApi

    client = ApiClient(Configuration(username=username, password=api_key))
    task = AppendixApi(client).user_data().tasks[0]
    return {SOLE: (task.result[0].money.balance, "USD")}


def deepgram(api_key: str) -> Read:
    from deepgram import DeepgramClient

    projects = DeepgramClient(api_key=api_key).manage.v1.projects
    project = projects.list().projects[0]
    balances = projects.billing.balances.list(project.project_id).balances
    return added_up((each.units.lower(), each.amount, each.units) for each in balances)


def deepl(api_key: str) -> Read:
    from deepl import Translator

    usage = Translator(api_key).get_usage()
    return {SOLE: (usage.character.limit - usage.character.count, "characters")}


def easypost(api_key: str) -> Read:
    from easypost import EasyPostClient

    return {SOLE: (EasyPostClient(api_key).user.retrieve_me().balance, None)}


def elevenlabs(api_key: str) -> Read:
    from elevenlabs import ElevenLabs

    subscription = ElevenLabs(api_key=api_key).user.subscription.get()
    return {SOLE: (subscription.character_limit - subscription.character_count, None)}


def firecrawl(api_key: str) -> Read:
    from firecrawl import Firecrawl

    return {SOLE: (Firecrawl(api_key=api_key).get_credit_usage().remaining_credits, "credits")}


def linode(api_key: str) -> Read:
    from linode_api4 import LinodeClient

    account = LinodeClient(api_key).account()
    promotions = added_up(
        (f"Promotion {each.service_type}", each.credit_remaining, None)
        for each in account.active_promotions
    )
    return {SOLE: (-account.balance, None), **promotions}


def luma(api_key: str) -> Read:
    from lumaai import LumaAI

    cents = LumaAI(auth_token=api_key).credits.get().credit_balance
    return {SOLE: (decimal(cents) / 100, "USD")}


def messagebird(api_key: str) -> Read:
    from messagebird import Client

    balance = Client(api_key).balance()
    return {SOLE: (balance.amount, balance.type)}


def plivo(account_id: str, api_key: str) -> Read:
    from plivo import RestClient

    return {SOLE: (RestClient(account_id, api_key).account.get().cash_credits, None)}


def runway(api_key: str) -> Read:
    from runwayml import RunwayML

    return {SOLE: (RunwayML(api_key=api_key).organization.retrieve().credit_balance, "credits")}


def serpapi(api_key: str) -> Read:
    from serpapi import Client

    return {SOLE: (Client(api_key=api_key).account()["total_searches_left"], "searches")}


def shodan(api_key: str) -> Read:
    from shodan import Shodan

    info = Shodan(api_key).info()
    return {
        "Query": (info["query_credits"], "credits"),
        "Scan": (info["scan_credits"], "credits"),
    }


def telnyx(api_key: str) -> Read:
    from telnyx import Telnyx

    data = Telnyx(api_key=api_key).balance.retrieve().data
    return {SOLE: (data.available_credit, data.currency)}


def textmagic(username: str, api_key: str) -> Read:
    from textmagic.rest import TextmagicRestClient
    from textmagic.rest.models import base

    # It trusts a list of its own only, of 2014.
    base.get_cert_file = ca_file
    user = TextmagicRestClient(username, api_key).user.get()
    return {SOLE: (user.balance, user.currency["id"])}


def twilio(account_id: str, api_key: str) -> Read:
    from twilio.rest import Client

    balance = Client(account_id, api_key).api.v2010.account.balance.fetch()
    return {SOLE: (balance.balance, balance.currency)}


def vonage(account_id: str, api_key: str) -> Read:
    from vonage import Auth, Vonage

    balance = Vonage(Auth(api_key=account_id, api_secret=api_key)).account.get_balance()
    return {SOLE: (balance.value, "EUR")}


def decimal(number: object) -> Decimal:
    """Return a number as it was written."""
    return Decimal(str(number))


def added_up(balances: Iterable[tuple[str, object, str | None]]) -> Read:
    """Return the sums of balances of which there may be several of a scope."""
    sums: dict[str, tuple[Decimal, str | None]] = {}
    for scope, amount, unit in balances:
        sums[scope] = (sums.get(scope, (Decimal(0),))[0] + decimal(amount), unit)
    return sums


def ca_file() -> str:
    """Return whom to trust."""
    return os.environ["SSL_CERT_FILE"]


def find_sandbox(ports: Mapping[str, int]) -> None:
    """Make these hosts the sandbox, and let there be no others; trust its authority."""
    import certifi

    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def look_up_sandbox(host: Any, _: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        return look_up(LOOPBACK, ports[name], *args, **kwargs)

    def connect_to_sandbox(connection: socket.socket, address: Any) -> None:
        host, port, *_ = address
        connect(connection, (LOOPBACK, port if host == LOOPBACK else ports[host]))

    socket.getaddrinfo = look_up_sandbox
    # There are some that look a host up, and then connect to its name.
    socket.socket.connect = connect_to_sandbox
    certifi.where = ca_file


def heard(judge: Callable[..., Read], credentials: Mapping[str, str]) -> dict[str, Any]:
    """Return what an SDK read, or the error it raised."""
    try:
        read = judge(**credentials)
    except Exception as error:  # noqa: BLE001
        kind = type(error)
        return {"error": f"{kind.__module__}.{kind.__qualname__}", "text": str(error)}
    return {
        "read": {
            scope: [None if amount is None else str(amount), unit]
            for scope, (amount, unit) in read.items()
        }
    }


def main() -> None:
    """Ask as often as there are credentials, and print what is heard each time."""
    task = json.load(sys.stdin)
    find_sandbox(task["ports"])
    judge = globals()[task["judge"]]
    sys.stdout.write(json.dumps([heard(judge, credentials) for credentials in task["credentials"]]))


if __name__ == "__main__":
    main()
