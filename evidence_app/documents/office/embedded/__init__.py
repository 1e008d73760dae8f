"""What stands in documents and is a file of its own: pictures, drawings of Windows, and objects of other programs.

May import `content.py`, `containers` and `markup` beside it, and the standard library.
"""
