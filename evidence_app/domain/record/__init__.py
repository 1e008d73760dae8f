"""Kinds of record, their fields and vocabularies; entries, and the records that are sealed of them."""
