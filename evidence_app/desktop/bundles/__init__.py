"""Bundles in the window: exporting, plans with a live preview, review, profiles, printing and its register."""
