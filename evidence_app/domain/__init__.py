"""The domain: kinds of record, records, threads, people, plans, summaries, times. Values without input or output.

May import `proof`, and the modules beside the packages. Its own layers, from the top: plan | summary;
thread; settings; people; record; text | time | scheduling.
"""
