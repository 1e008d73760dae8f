"""The two containers that documents stand in: ZIP files of parts, and compound files of streams, which Outlook's items are in too.

May import `content.py` beside them, the standard library and olefile.
"""
