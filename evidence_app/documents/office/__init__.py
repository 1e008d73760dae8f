"""Words, tables and pictures of office documents, read from the files themselves: what stands in them beside the page too.

Each format has a module; `content_of.py` chooses it. All of them return a `DocumentContent`, from which pages are set and words are searched.
May import the other modules of `documents`, `domain`, and the standard library.
"""
