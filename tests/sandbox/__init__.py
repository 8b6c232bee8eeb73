"""The sandbox is what it pretends to be."""
