"""Conversations of mails, as Outlook marks them."""

from typing import Final

CONVERSATION_HEADER_BYTES: Final = 22
"""How many bytes of a conversation index all mails of a conversation share: its header block ([MS-OXOMSG], section 2.2.1.3)."""
