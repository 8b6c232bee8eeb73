"""Tests for API Credits."""
