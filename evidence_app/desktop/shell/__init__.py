"""Frame of the program: start, unlocking, creation of stores, main window and navigation.

Within `desktop` it may import `bundles`, `casework`, `checking`, `people`, `safekeeping`, `timeline`, `writing`,
`design` and `system`.
"""
