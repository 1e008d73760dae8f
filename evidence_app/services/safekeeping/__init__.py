"""Making, opening, checking, backing up and rescuing stores; verifying files."""
