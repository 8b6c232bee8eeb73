"""The providers: by key, the name by which people know each."""

from typing import Final

from ..client.registry import Registry

PROVIDERS: Final = Registry(
    __name__,
    {
        "agenttoolkit": "AgentToolkit",
        "dataforseo": "DataForSEO",
        "deepseek": "DeepSeek",
        "easypost": "EasyPost",
        "hunter": "Hunter",
        "hyperstack": "Hyperstack",
        "messente": "Messente",
        "openrouter": "OpenRouter",
        "scraperapi": "ScraperAPI",
        "scrapingbee": "ScrapingBee",
        "serper": "Serper",
        "shodan": "Shodan",
        "sms_works": "The SMS Works",
        "stability_ai": "Stability AI",
        "zadarma": "Zadarma",
        "zenrows": "ZenRows",
    },
)
