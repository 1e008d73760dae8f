"""Typesetting: lines, fonts, right-to-left text, tables, drawing, and the tag tree."""
