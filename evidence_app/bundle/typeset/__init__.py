"""Typesetting: lines, fonts, right-to-left text, tables, drawing, and the tag tree.

Within `bundle` it imports nothing.
"""
