"""Reading and verifying a bundle: its manifest, embedded files, page digests and signature. May import the rest of `proof`."""

import logging

# Log messages about a damaged file may quote its content, and the report covers the damage: discard them.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())
logging.getLogger("pikepdf").propagate = False
