"""What web pages, rich text and OpenDocument say of their words beside them: how they look, what was done to them, and in which code page they are.

May import `content.py`, `sheet_cells.py` and `containers` beside it.
"""
