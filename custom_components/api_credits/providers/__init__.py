"""The providers: by key, the name by which people know each."""

from typing import Final

from ..client.registry import Registry

PROVIDERS: Final = Registry(
    __name__,
    {
        "agenttoolkit": "AgentToolkit",
        "aimlapi": "AI/ML API",
        "deepseek": "DeepSeek",
        "featherless": "Featherless",
        "gandi": "Gandi",
        "hyperstack": "Hyperstack",
        "openrouter": "OpenRouter",
        "photoroom": "Photoroom",
        "porkbun": "Porkbun",
        "runpod": "Runpod",
        "sms_works": "The SMS Works",
        "smtp2go": "SMTP2GO",
        "stability_ai": "Stability AI",
        "stepfun": "StepFun",
        "tripo3d": "Tripo3D",
        "vastai": "Vast.ai",
        "zenmux": "ZenMux",
    },
)
