"""Bundles: plans, profiles, review, preview, export, print register."""
