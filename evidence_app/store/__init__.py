"""The encrypted store: the only package that opens a database (docs/spec/store.md).

May import `documents`, `domain`, `crypto` and `proof`, and the modules beside the packages.
"""
