"""What foreign PDFs hold: words, layers, notes, files and an index of their own.

Within `documents` it may import what reads pictures and limits resources.
"""
