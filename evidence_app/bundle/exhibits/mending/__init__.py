"""Mends a copy of a foreign PDF so that its pages can be placed in PDF/A, where that leaves what a reader sees as it is.

`mend.py` is the door. May import the modules of `exhibits` and what is below the bundle.
"""
