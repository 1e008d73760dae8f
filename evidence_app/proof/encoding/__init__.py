"""Strict parsers that accept one encoding of each value, and canonical encoders for what is hashed. Imports only `errors`."""
