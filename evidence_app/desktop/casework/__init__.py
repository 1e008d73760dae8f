"""Pages for daily casework: home, threads, mail import and drafting, settings."""
