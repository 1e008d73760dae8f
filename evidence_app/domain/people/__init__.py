"""People: the directory, recipients of mail, union members, pseudonyms, and detection of possible names.

Within `domain` it may import `record`, `text`, `time` and `scheduling`.
"""
