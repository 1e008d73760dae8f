"""Text: folding for comparison, detection of personal identifiers, ranges of numbers.

Within `domain` it may import `phrases`.
"""
