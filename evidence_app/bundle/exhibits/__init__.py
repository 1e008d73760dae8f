"""Exhibits: attachments as pages of a bundle (PDFs, images, mails, text), with redactions applied.

Within `bundle` it may import `manifest_writer`, `leak_search`, `plan`, `pdf` and `typeset`.
"""
