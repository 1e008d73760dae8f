"""The encrypted store: the only package that opens a database (docs/spec/store.md)."""
