"""What the window asks of the computer: background work, clipboard, printer, language, locking by itself."""
