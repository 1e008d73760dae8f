"""Keeping the store safe: backups, passphrase, recovery sheet, restoring."""
