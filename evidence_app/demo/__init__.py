"""Demonstration case: an invented year of an officer and of a rep, with documents, mails and records."""
