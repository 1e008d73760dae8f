"""Pages for bundles: export, plans with a live preview, review, profiles, printing and the print register.

Within `desktop` it may import `writing`, `design` and `system`.
"""
