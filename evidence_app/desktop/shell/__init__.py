"""Frame of the program: start, unlocking, creation of stores, main window and navigation."""
