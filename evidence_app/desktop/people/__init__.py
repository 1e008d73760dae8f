"""Pages for cases and people, workload, and a rep's members with their hand-overs.

Within `desktop` it may import `writing`, `design` and `system`.
"""
