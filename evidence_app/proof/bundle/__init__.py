"""Reading and verifying a bundle: its manifest, embedded files, page digests and signature. May import the rest of `proof`."""

import logging

# What a library says of a damaged file may quote the file, and the verdict says it anyway.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())
logging.getLogger("pikepdf").propagate = False
