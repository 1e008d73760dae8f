"""Import of mail, and drafts of e-mails (docs/spec/mail.md)."""
