"""Bringing mail in and writing drafts of mail."""
