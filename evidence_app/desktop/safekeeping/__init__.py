"""Pages for backups, the passphrase, the recovery code, restoring and rescuing.

Within `desktop` it may import `writing`, `design` and `system`.
"""
