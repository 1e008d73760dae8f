"""Exhibits: attachments as pages of a bundle (PDFs, images, mails, text), with redactions applied."""
