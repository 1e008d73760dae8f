"""Times and days in Europe/London, working days in England and Wales, and parsing of times as people type them.

Within `domain` it may import `phrases`.
"""
