"""The providers: by key, the name by which people know each."""

from typing import Final

from ..client.registry import Registry

PROVIDERS: Final = Registry(
    __name__,
    {
        "agenttoolkit": "AgentToolkit",
        "bfl": "Black Forest Labs",
        "deepseek": "DeepSeek",
        "did": "D-ID",
        "heygen": "HeyGen",
        "hyperstack": "Hyperstack",
        "leonardo": "Leonardo.Ai",
        "luma": "Luma",
        "meshy": "Meshy",
        "nanogpt": "NanoGPT",
        "novita": "Novita AI",
        "openrouter": "OpenRouter",
        "recraft": "Recraft",
        "removebg": "remove.bg",
        "runway": "Runway",
        "sms_works": "The SMS Works",
        "stability_ai": "Stability AI",
        "xai": "xAI",
    },
)
