"""Base64 (RFC 4648, section 4) in its canonical encoding only (docs/spec/record-log.md, section 1)."""

import binascii

from evidence_app.errors import InputError


def encode(content: bytes) -> str:
    """Encode bytes in base64 with padding, without line breaks."""
    return binascii.b2a_base64(content, newline=False).decode("ascii")


def decode(untrusted: object, *, size: int | None = None) -> bytes:
    """Decode base64. Line breaks, other alphabets, missing padding and non-zero trailing bits are refused.

    Raises:
        InputError: it is not text, not canonical, or not `size` bytes long.
    """
    if not isinstance(untrusted, str):
        raise InputError("A base64 text is missing.")
    try:
        content = binascii.a2b_base64(untrusted, strict_mode=True)
    except (ValueError, binascii.Error) as error:
        raise InputError("A base64 text is malformed.") from error
    # Trailing bits of the last character are ignored by the decoder (RFC 4648, section 3.5): encode again and compare.
    if encode(content) != untrusted:
        raise InputError("A base64 text is not in its canonical spelling.")
    if size is not None and len(content) != size:
        raise InputError(f"A base64 text holds {len(content)} bytes where {size} are due.")
    return content
