"""Demonstration case: an invented year of an officer and of a rep, with documents, mails and records.

May import `services`, `store`, `bundle`, `mail`, `documents`, `domain`, `crypto` and `proof`, and the modules beside
the packages.
"""
