"""Pages for verification: check of the store and of files, witnesses, time stamps.

Within `desktop` it may import `writing`, `design` and `system`.
"""
