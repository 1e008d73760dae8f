"""Office documents as they were before 2007: compound files of binary records (.doc, .xls, .ppt).

`compound.py` opens the container, which Outlook's items are in too. May import the other modules of `documents.office`, olefile and xlrd.
"""
