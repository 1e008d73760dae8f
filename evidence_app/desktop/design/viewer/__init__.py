"""How pages of a PDF are looked at: one page, and the viewer around it with zoom, thumbnails and search.

May import what lies beside it in `design`.
"""
