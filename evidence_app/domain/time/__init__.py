"""Moments and days in England and Wales, working days, times as people type them."""
