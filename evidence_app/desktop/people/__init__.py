"""Pages for cases and people, and a rep's members with their hand-overs.

Within `desktop` it may import `writing`, `design` and `system`.
"""
