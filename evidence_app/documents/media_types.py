"""Media types, detected from a file's first bytes, and from its name only where these decide nothing."""

from pathlib import PurePath
from types import MappingProxyType

OTHER = "application/octet-stream"
"""The media type of a file of unknown type."""
HEAD_BYTES = 4096
"""Number of bytes from the start of a file that are enough for `media_type`."""
AGE_ENDING = ".age"
"""File name suffix of an age file (docs/spec/exchange.md, section 7)."""
MAIL_TYPES = frozenset({"message/rfc822", "application/vnd.ms-outlook", "application/ms-tnef"})
"""The media types of mails: MIME, Outlook's .msg, and TNEF."""
TEXT_TYPES = frozenset({"text/plain", "text/csv", "message/rfc822"})
"""The media types of files that are read as plain text."""
METAFILE_TYPES = frozenset({"image/emf", "image/wmf"})
"""The media types of drawings of Windows, of which words and bitmaps are shown."""

# The first bytes of each file format.
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
    # [MS-WMF] 2.3.2.2: in memory, a header of nine words, version 3.0.
    (b"\x01\x00\x09\x00\x00\x03", "image/wmf"),
)
# The media types of file name suffixes.
_ENDINGS = MappingProxyType(
    {
        ".eml": "message/rfc822",
        ".msg": "application/vnd.ms-outlook",
        ".txt": "text/plain",
        ".md": "text/plain",
        ".log": "text/plain",
        ".json": "text/plain",
        ".csv": "text/csv",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ".odt": "application/vnd.oasis.opendocument.text",
        ".ods": "application/vnd.oasis.opendocument.spreadsheet",
        ".odp": "application/vnd.oasis.opendocument.presentation",
        ".rtf": "application/rtf",
        ".html": "text/html",
        ".htm": "text/html",
        ".ics": "text/calendar",
        ".vcf": "text/vcard",
        ".doc": "application/msword",
        ".xls": "application/vnd.ms-excel",
        ".ppt": "application/vnd.ms-powerpoint",
        ".wav": "audio/wav",
        ".m4a": "audio/mp4",
        ".mp3": "audio/mpeg",
        ".opus": "audio/ogg",
        ".ogg": "audio/ogg",
        ".amr": "audio/amr",
        ".aac": "audio/aac",
        ".mp4": "video/mp4",
        ".heic": "image/heic",
    }
)
# Brands of still pictures coded with HEVC (ISO/IEC 23008-12, 10.2).
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
# Lengths of the second header of a bitmap, by which its versions are told apart.
_BMP_HEADS = frozenset({12, 40, 52, 56, 64, 108, 124})
_USUAL_ENDINGS = MappingProxyType(
    {
        **{kind: ending for ending, kind in reversed(list(_ENDINGS.items()))},
        "application/pdf": ".pdf",
        "image/png": ".png",
        "image/jpeg": ".jpg",
        "image/tiff": ".tif",
        "image/gif": ".gif",
        "image/webp": ".webp",
        "image/avif": ".avif",
        "image/bmp": ".bmp",
        "image/jp2": ".jp2",
    }
)


def usual_ending(kind: str) -> str:
    """Return the usual ending, without its full stop, of the names of files of a media type; "" for archives, which readers of PDF do not open, and for unknown types."""
    ending: str = _USUAL_ENDINGS.get(kind, "")
    return ending.removeprefix(".")


def media_type(head: bytes, name: str) -> str:
    """Return the media type of a file from its first bytes (`HEAD_BYTES` are enough) and its name."""
    # PDF readers accept the header anywhere in the first 1,024 bytes (Adobe's PDF Reference 1.7, appendix H).
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "image/heic"
    if head[4:8] == b"ftyp" and head[8:12] in _AVIF_BRANDS:
        return "image/avif"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADS:
        return "image/bmp"
    # [MS-EMF] 2.3.4.2: the header is the record of type 1, and has its signature at its fortieth byte.
    if head[:4] == b"\x01\0\0\0" and head[40:44] == b" EMF":
        return "image/emf"
    by_name = _ENDINGS.get(PurePath(name).suffix.lower(), OTHER)
    for signature, by_signature in _SIGNATURES:
        if head.startswith(signature):
            # Word, Excel and Outlook files are ZIP or OLE containers: the name says which.
            generic = by_signature in {"application/zip", "application/x-ole-storage"}
            return by_name if generic and by_name != OTHER else by_signature
    return by_name
