"""The steps of the config and options flows, a module for each kind of account."""
