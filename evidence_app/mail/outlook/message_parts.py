"""What the readers of .msg files, TNEF and data files share about the parts of an item."""

from typing import Final

ITEM_IDENTITY: Final = bytes.fromhex("0b0d020000000000c000000000000046")
"""The class of the root of an Outlook item's file, 00020D0B-0000-0000-C000-000000000046 ([MS-OXMSG] 2.1.1)."""
OBJECT: Final = "It holds an object of another program, which is not taken out; the original holds it."
"""The remark on an attachment that is an OLE object ([MS-OXCMSG] 2.2.2.9, afOle)."""
NOT_IN_IT: Final = "Files named, and not in it"
"""The label of the names of files that have no bytes in an item: empty ones, and such as are kept elsewhere."""
