"""Home, threads, mail in and out, settings."""
