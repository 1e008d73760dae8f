"""Developers' programs, not part of the product: house rules, benchmarks, screenshots, translation catalogues, the command-line reference."""
