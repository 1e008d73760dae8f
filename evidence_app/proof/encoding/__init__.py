"""Strict parsers that take one spelling only, and the canonical bytes that are hashed."""
