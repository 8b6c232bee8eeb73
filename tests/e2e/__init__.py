"""Tests of a real Home Assistant, seen through its HTTP and WebSocket API only."""

import pytest

pytest.register_assert_rewrite(f"{__name__}.frontend")
