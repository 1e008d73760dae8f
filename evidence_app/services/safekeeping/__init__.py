"""Create, unlock, check, back up, restore and rescue stores; verify files.

Within `services` it may import `bundles`, `members`, `mail`, `attestation`, `records` and `core`.
"""
