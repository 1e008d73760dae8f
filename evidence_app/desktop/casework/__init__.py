"""Pages for daily casework: home, threads, mail import and drafting, settings.

Within `desktop` it may import `writing`, `design` and `system`.
"""
