"""Kinds of record with their fields and vocabularies; entries, and the records that are made of them.

Within `domain` it may import `text`, `time` and `scheduling`.
"""
