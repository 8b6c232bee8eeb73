"""Services whose address a person enters: what is found out, kept and asked."""

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from yarl import URL

from custom_components.api_credits.client.errors import (
    EmptyError,
    HttpNotLocalError,
    InvalidUrlError,
    MalformedError,
    NotJsonError,
    PageNotFoundError,
    TooDeepError,
    TooLargeError,
)
from custom_components.api_credits.client.fields import Field
from custom_components.api_credits.client.hosted import Hosted
from custom_components.api_credits.readings import BALANCE
from homeassistant.core import HomeAssistant

ADDRESS = "http://gateway.lan:4000"


class Gateway(Hosted):
    """A service of one's own."""

    key = "gateway"
    name = "Gateway"
    path: ClassVar[str] = "api/credit"
    fields = (Field(path="credit", kind=BALANCE, unit="USD", required=True),)


async def prepare(hass: HomeAssistant, **more: Any) -> Mapping[str, Any]:
    """Return what is kept of an account whose address has been entered."""
    return await Gateway.prepare(hass, {"url": ADDRESS, "api_key": "made-up-key", **more})


async def test_whole_way(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """The paths are below the address, which is also the service's page."""
    config = await prepare(hass, url=f" {ADDRESS}/base/ ")
    assert config == {
        "url": f"{ADDRESS}/base/",
        "api_key": "made-up-key",
        "verify_ssl": True,
        "local": True,
    }
    aioclient_mock.get(f"{ADDRESS}/base/api/credit", text='{"credit": 5}')
    gateway = Gateway.connect(hass, config)
    assert str((await gateway.fetch()).balances[0].value) == "5"
    assert gateway.top_up_url == ADDRESS
    assert aioclient_mock.mock_calls == [
        (
            "GET",
            URL(f"{ADDRESS}/base/api/credit"),
            None,
            {"Authorization": "Bearer made-up-key"},
        )
    ]


@pytest.mark.usefixtures("aioclient_mock")
async def test_kind_of_address_is_found_out_once(
    hass: HomeAssistant, addresses: dict[str, list[str]]
) -> None:
    """What was entered as public stays so while only the key is replaced."""
    config = await prepare(hass, url="https://api.example.com")
    assert config["local"] is False
    addresses["api.example.com"] = ["192.168.1.20"]
    replaced = await Gateway.prepare(hass, {"api_key": "other-key"}, config)
    assert replaced == {**config, "api_key": "other-key"}
    assert (await prepare(hass, url="https://api.example.com"))["local"] is True
    assert [field.key for field in Gateway.asked_again(config)] == ["api_key"]


@pytest.mark.usefixtures("aioclient_mock")
async def test_address_that_is_none(hass: HomeAssistant) -> None:
    """Nothing is looked up for what is no address, and a public one has to be secure."""
    with pytest.raises(InvalidUrlError):
        await prepare(hass, url="gateway.lan")
    with pytest.raises(HttpNotLocalError):
        await prepare(hass, url="http://api.example.com")
    assert (await prepare(hass))["local"] is True


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"status": 404, "text": "{}"}, PageNotFoundError),
        ({"text": ""}, EmptyError),
        ({"text": " \n"}, EmptyError),
        ({"text": "<html>"}, NotJsonError),
        ({"text": '{"credit": 1'}, NotJsonError),
        ({"text": "[" * 200 + "]" * 200}, TooDeepError),
        ({"text": '{"a":' * 65 + "1" + "}" * 65}, TooDeepError),
        ({"text": "[" + "1," * 10_001 + "1]"}, TooLargeError),
        ({"text": '{"credit": "many"}'}, MalformedError),
    ],
)
async def test_answers_that_are_none(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    answer: dict[str, Any],
    error: type[MalformedError],
) -> None:
    """Each has an error of its own, and the next good answer is read."""
    gateway = Gateway.connect(hass, await prepare(hass))
    aioclient_mock.get(f"{ADDRESS}/api/credit", **answer)
    with pytest.raises(MalformedError) as caught:
        await gateway.fetch()
    assert caught.type is error
    aioclient_mock.clear_requests()
    aioclient_mock.get(f"{ADDRESS}/api/credit", text='{"credit": 5}')
    assert (await gateway.fetch()).balances[0].value == 5


@pytest.mark.parametrize(
    "text",
    [
        '{"credit": 5, "a": ' + "[" * 62 + "]" * 62 + "}",
        '{"credit": 5, "a": "' + "[" * 200 + '"}',
        '{"credit": 5, "a": "\\"' + "[{" * 200 + '"}',
        '{"credit": 5, "a": [' + "[], " * 200 + "[]]}",
    ],
    ids=["63 levels", "in a text", "in a text with a quote", "side by side"],
)
async def test_answers_that_only_look_deep(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, text: str
) -> None:
    """Brackets count where they are some, and where they are within one another."""
    gateway = Gateway.connect(hass, await prepare(hass))
    aioclient_mock.get(f"{ADDRESS}/api/credit", text=text)
    assert (await gateway.fetch()).balances[0].value == 5
