"""Timeline page, its filters, and the viewer for attachments."""
