"""Mail: readers for .eml, .msg, TNEF and mbox, receipts and delivery reports; draft e-mails. No input or output of its own.

May import `documents`, `domain`, `crypto` and `proof`, and the modules beside the packages.
"""
