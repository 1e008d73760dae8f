"""Strict parsers that take one encoding only, and the canonical bytes that are hashed. Imports only `errors`."""
