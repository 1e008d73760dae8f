"""What sort of file some bytes are, told from the bytes first and the name second."""

from pathlib import PurePath
from types import MappingProxyType

OTHER = "application/octet-stream"
HEAD_BYTES = 4096
AGE_ENDING = ".age"
"""How the name of a file that is encrypted to somebody ends (exchange.md, section 7)."""
MAIL_TYPES = frozenset({"message/rfc822", "application/vnd.ms-outlook", "application/ms-tnef"})
TEXT_TYPES = frozenset({"text/plain", "text/csv", "message/rfc822"})

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
)
_ENDINGS = MappingProxyType(
    {
        ".eml": "message/rfc822",
        ".msg": "application/vnd.ms-outlook",
        ".txt": "text/plain",
        ".md": "text/plain",
        ".csv": "text/csv",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".doc": "application/msword",
        ".heic": "image/heic",
    }
)


def media_type(head: bytes, name: str) -> str:
    """Return the media type of a file from its first bytes and its name."""
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    by_name = _ENDINGS.get(PurePath(name).suffix.lower(), OTHER)
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            generic = found in {"application/zip", "application/x-ole-storage"}
            return by_name if generic and by_name != OTHER else found
    return by_name
