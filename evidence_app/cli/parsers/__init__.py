"""Parsers of the verbs, a module for each group of them. They import the words of choices from `domain`, and no service."""
