"""Bundles: from the plan and the records to pages, exhibits and one signed PDF. `proof` verifies it.

May import `documents`, `domain`, `crypto` and `proof`, and the modules beside the packages. Its own layers, from the
top: build | foreign_bundle; pages; exhibits; manifest_writer | leak_search; plan | pdf; typeset.
"""

import logging

# What a library says of a damaged file may quote the file, and the verdict says it anyway.
for _library in ("pikepdf", "pyhanko", "pyhanko_certvalidator", "PIL", "fontTools"):
    logging.getLogger(_library).addHandler(logging.NullHandler())
    logging.getLogger(_library).propagate = False
