"""People: the directory, recipients of mail, union members, pseudonyms, and detection of possible names."""
