"""Programs for those who add a provider, try one, or read about them."""
