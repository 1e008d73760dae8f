"""Summaries of many records: what was raised and answered, workload, counts, saved views.

Within `domain` it may import `thread`, `settings`, `people`, `record`, `text`, `time` and `scheduling`.
"""
