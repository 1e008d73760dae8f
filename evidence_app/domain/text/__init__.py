"""Words: folding for comparison, identifiers by their form, ranges of numbers."""
