"""Every provider against its contract."""
