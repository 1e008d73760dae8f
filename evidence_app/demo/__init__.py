"""The invented case: a year of an officer and of a rep, in papers, mails and records."""
