"""Timeline page, its filters, and the viewer for attachments.

Within `desktop` it may import `writing`, `design` and `system`.
"""
