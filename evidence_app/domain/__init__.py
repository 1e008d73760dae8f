"""The domain: kinds of record, records, threads, people, plans, summaries, times. Values without input or output."""
