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
        "deepseek": "DeepSeek",
        "didww": "DIDWW",
        "digitalocean": "DigitalOcean",
        "firecrawl": "Firecrawl",
        "hyperstack": "Hyperstack",
        "infobip": "Infobip",
        "linode": "Linode (Akamai)",
        "openrouter": "OpenRouter",
        "serpapi": "SerpApi",
        "sms_works": "The SMS Works",
        "stability_ai": "Stability AI",
        "tavily": "Tavily",
        "textmagic": "Textmagic",
        "vultr": "Vultr",
    },
)
