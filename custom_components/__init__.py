"""Custom integrations; a package, so that tests find ours before any other."""
