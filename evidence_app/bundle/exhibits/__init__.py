"""Attachments as pages: PDFs, pictures, mails and text, with what is withheld painted over."""
