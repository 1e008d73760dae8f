"""Office documents as they were before 2007: compound files of binary records (.doc, .xls, .ppt).

May import the other modules of `documents.office`, olefile and xlrd.
"""
