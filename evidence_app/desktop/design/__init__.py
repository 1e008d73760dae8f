"""Reusable parts of the user interface: theme, controls, tables, dialogs, page preview, formatted records.

Within `desktop` it may import `system`.
"""
