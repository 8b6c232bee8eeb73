"""What these tests do without."""

import pytest


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Do without the Home Assistant that other tests run in."""
