"""The integration at work: a real Home Assistant on the sandbox, with a past and a story."""
