"""Fixtures that all tests share."""

import pytest

# Imported before the harness mounts its own folder of that name.
import custom_components  # noqa: F401


@pytest.fixture(autouse=True)
def enable_integration(enable_custom_integrations: None) -> None:
    """Let Home Assistant load the integration under test."""
