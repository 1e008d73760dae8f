"""The words of a text file whose maker did not say how they are spelled."""

import codecs
from typing import Final

MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAMPLE: Final = 4096


def decoded(untrusted: bytes) -> str:
    """Return the words of a text file: as its mark says, else UTF-8, else UTF-16 where every other byte is zero, else Windows-1252."""
    spelled = next((name for mark, name in MARKS if untrusted.startswith(mark)), "")
    if not spelled:
        sample = untrusted[:SAMPLE]
        zeroes = [sample[start::2].count(0) for start in (0, 1)]
        if max(zeroes) * 4 > len(sample) > 1:
            spelled = "utf-16-be" if zeroes[0] > zeroes[1] else "utf-16-le"
    if spelled:
        return untrusted.decode(spelled, errors="replace")
    try:
        return untrusted.decode("utf-8")
    except UnicodeDecodeError:
        return untrusted.decode("cp1252", errors="replace")
