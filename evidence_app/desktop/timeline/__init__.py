"""The timeline with its filters and files."""
