"""The registry, and shapes of providers."""
