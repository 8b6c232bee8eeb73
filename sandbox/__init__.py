"""The providers' APIs as local servers, and a Home Assistant that talks to them instead.

This file imports nothing, so that `sandbox.launch` runs where only Home Assistant is installed.
"""
