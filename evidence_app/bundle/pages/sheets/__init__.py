"""Sheets of a page or two that stand alone, to print: agreement, keys, recovery code, scale.

Within `bundle` it may import `typeset`.
"""
