"""Shared by all use cases: session of an open store, settings, sealing, rules on client data.

Within `services` it imports nothing.
"""
