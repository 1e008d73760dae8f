"""Drafts: entry form, attached files, review and sealing, and the list of drafts."""
