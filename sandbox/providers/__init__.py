"""The providers the sandbox plays: one line each."""

from typing import Any

from .agenttoolkit import AgentToolkit
from .deepseek import DeepSeek
from .hyperstack import Hyperstack
from .openrouter import OpenRouter
from .provider import Provider
from .sms_works import SmsWorks
from .stability_ai import StabilityAi

PROVIDERS: tuple[type[Provider[Any]], ...] = (
    AgentToolkit,
    DeepSeek,
    Hyperstack,
    OpenRouter,
    SmsWorks,
    StabilityAi,
)
