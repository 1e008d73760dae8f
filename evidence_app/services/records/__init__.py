"""Read the log: drafts, lists, threads, cases and people, index of mail, external attestations.

Within `services` it may import `core`.
"""
