"""The encrypted store: the only room that opens a database."""
