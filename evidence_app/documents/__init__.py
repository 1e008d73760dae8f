"""Media types of files, and what files show: words, pictures and what is in them, opened in workers of their own.

May import `domain`, `crypto` and `proof`, and the modules beside the packages.
"""
