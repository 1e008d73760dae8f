"""What marks the file of an Outlook item among compound files."""

from typing import Final

ITEM_IDENTITY: Final = bytes.fromhex("0b0d020000000000c000000000000046")
"""The class of the root of an Outlook item's file, 00020D0B-0000-0000-C000-000000000046 ([MS-OXMSG] 2.1.1)."""
