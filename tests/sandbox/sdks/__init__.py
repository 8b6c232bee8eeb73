"""The providers' own SDKs, as judges of the sandbox."""
