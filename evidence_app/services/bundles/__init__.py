"""Bundles: plans, profiles, review, preview, export, print register.

Within `services` it may import `members`, `mail`, `attestation`, `records` and `core`.
"""
