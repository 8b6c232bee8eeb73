"""A LiteLLM proxy to be watched."""
