"""Summaries of many records: what was raised and answered, workload, counts, saved views."""
