"""Operating-system services for the window: background threads, clipboard, printing, language, automatic locking.

Within `desktop` it imports nothing.
"""
