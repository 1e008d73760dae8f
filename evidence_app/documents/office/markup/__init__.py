"""What web pages and rich text say of their words beside them: how they look, and in which code page they are.

Imports nothing else of the program.
"""
