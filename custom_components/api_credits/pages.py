"""Pages of ours on the web, to which forms and repairs lead."""

from typing import Final

from .client.provider import Provider

PROVIDERS: Final = "https://github.com/api-credits/api-credits/blob/main/docs/providers.md"
REQUEST: Final = "https://github.com/api-credits/api-credits/issues/new?template=provider.yml"
TROUBLESHOOTING: Final = (
    "https://github.com/api-credits/api-credits/blob/main/docs/troubleshooting.md"
)


def page_about(provider: Provider | type[Provider]) -> str:
    """Return the address of what is known of a provider: its row on the page of all, mostly."""
    return provider.docs_url or f"{PROVIDERS}#{provider.key}"
