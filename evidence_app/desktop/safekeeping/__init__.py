"""Pages for backups, the passphrase, the recovery code, restoring and rescuing."""
