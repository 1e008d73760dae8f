"""Pictures of what the records hold over time: the year, each case on a line, the workload. Each has a table that says the same.

Within `desktop` it may import `design` and `system`.
"""
