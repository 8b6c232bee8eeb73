"""How a provider's class is measured by its contract."""

from .judge import is_right, problems

__all__ = ["is_right", "problems"]
