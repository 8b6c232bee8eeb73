"""Measure what it takes to import all providers at once: python -m bench.imports, prints JSON."""

from importlib import import_module
import json
import sys
from time import perf_counter

from custom_components.api_credits.providers import PROVIDERS


def main() -> None:
    """Import them, with all that they share in memory already."""
    import_module("custom_components.api_credits.client.provider")
    start = perf_counter()
    for key in PROVIDERS:
        import_module(f"custom_components.api_credits.providers.{key}")
    sys.stdout.write(
        f"{json.dumps({'seconds': perf_counter() - start, 'count': len(PROVIDERS)})}\n"
    )


if __name__ == "__main__":
    main()
