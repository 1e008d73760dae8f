"""Who is who: roles, recipients, members, pseudonyms, words that may be a name."""
