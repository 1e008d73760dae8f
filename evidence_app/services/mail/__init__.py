"""Import of mail, and drafts of e-mails (docs/spec/mail.md).

Within `services` it may import `records` and `core`.
"""
