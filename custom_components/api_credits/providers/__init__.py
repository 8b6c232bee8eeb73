"""The providers: by key, the name by which people know each."""

from typing import Final

from ..client.registry import Registry

PROVIDERS: Final = Registry(
    __name__,
    {
        "africastalking": "Africa's Talking",
        "agenttoolkit": "AgentToolkit",
        "apify": "Apify",
        "brightdata": "Bright Data",
        "bulksms": "BulkSMS",
        "bunny": "bunny.net",
        "deepgram": "Deepgram",
        "deepinfra": "DeepInfra",
        "deepl": "DeepL API",
        "deepseek": "DeepSeek",
        "didww": "DIDWW",
        "digitalocean": "DigitalOcean",
        "elevenlabs": "ElevenLabs",
        "fal": "fal.ai",
        "firecrawl": "Firecrawl",
        "hyperstack": "Hyperstack",
        "infobip": "Infobip",
        "linode": "Linode (Akamai)",
        "moonshot": "Moonshot AI (Kimi)",
        "openrouter": "OpenRouter",
        "poe": "Poe",
        "serpapi": "SerpApi",
        "siliconflow": "SiliconFlow",
        "sms_works": "The SMS Works",
        "stability_ai": "Stability AI",
        "tavily": "Tavily",
        "textmagic": "Textmagic",
        "venice": "Venice",
        "vercel_ai_gateway": "Vercel AI Gateway",
        "vultr": "Vultr",
    },
)
