"""The bundle: plan, pages, exhibits, the assembled and signed PDF, and its verification."""

import logging

# What a library says of a damaged file may quote the file, and the verdict says it anyway.
for _library in ("pikepdf", "pyhanko", "pyhanko_certvalidator", "PIL", "fontTools"):
    logging.getLogger(_library).addHandler(logging.NullHandler())
    logging.getLogger(_library).propagate = False
