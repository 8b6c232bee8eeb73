"""The providers: by key, the name by which people know each."""

from typing import Final

from ..client.registry import Registry

PROVIDERS: Final = Registry(
    __name__,
    {
        "agenttoolkit": "AgentToolkit",
        "deepgram": "Deepgram",
        "deepinfra": "DeepInfra",
        "deepl": "DeepL API",
        "deepseek": "DeepSeek",
        "elevenlabs": "ElevenLabs",
        "fal": "fal.ai",
        "hyperstack": "Hyperstack",
        "moonshot": "Moonshot AI (Kimi)",
        "openrouter": "OpenRouter",
        "poe": "Poe",
        "siliconflow": "SiliconFlow",
        "sms_works": "The SMS Works",
        "stability_ai": "Stability AI",
        "venice": "Venice",
        "vercel_ai_gateway": "Vercel AI Gateway",
    },
)
