"""Strict parsers, one spelling only, and the canonical bytes that are hashed."""
