"""Media types of files, and text extraction from them.

May import `domain`, `crypto` and `proof`, and the modules beside the packages.
"""
