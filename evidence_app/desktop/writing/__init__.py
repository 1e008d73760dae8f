"""Drafts: entry form, attached files, review and sealing, and the list of drafts.

Within `desktop` it may import `design` and `system`.
"""
