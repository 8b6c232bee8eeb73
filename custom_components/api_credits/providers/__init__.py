"""The providers, a line each."""

from typing import Final

from ..client.provider import Provider
from .agenttoolkit import AgentToolkit
from .deepseek import DeepSeek
from .hyperstack import Hyperstack
from .openrouter import OpenRouter
from .sms_works import SmsWorks
from .stability_ai import StabilityAi

PROVIDERS: Final[dict[str, type[Provider]]] = {
    provider.key: provider
    for provider in (
        AgentToolkit,
        DeepSeek,
        Hyperstack,
        OpenRouter,
        SmsWorks,
        StabilityAi,
    )
}
