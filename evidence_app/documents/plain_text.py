"""Decoding of text files whose encoding is not known."""

import codecs
from typing import Final

MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
"""Byte order marks and the encodings they show."""
SAMPLE: Final = 4096
"""Number of bytes that are inspected for UTF-16 without a byte order mark."""


def decoded(untrusted: bytes) -> str:
    """Return the text of a file: by its byte order mark, else UTF-16 if many bytes are zero, else UTF-8, else Windows-1252."""
    encoding = next((name for mark, name in MARKS if untrusted.startswith(mark)), "")
    if not encoding:
        # In UTF-16, every other byte of English text is zero: the first of a pair in big-endian order, else the second.
        sample = untrusted[:SAMPLE]
        zeroes = [sample[start::2].count(0) for start in (0, 1)]
        if max(zeroes) * 4 > len(sample) > 1:
            encoding = "utf-16-be" if zeroes[0] > zeroes[1] else "utf-16-le"
    if encoding:
        return untrusted.decode(encoding, errors="replace")
    try:
        return untrusted.decode("utf-8")
    except UnicodeDecodeError:
        return untrusted.decode("cp1252", errors="replace")
