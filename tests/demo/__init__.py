"""The demo shows what it promises."""
