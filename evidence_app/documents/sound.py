"""How long a sound recording is, from what its file says: WAV (RIFF) and the containers of telephones (ISO/IEC 14496-12: .m4a, .mp4)."""

import io
import struct
import wave
from typing import Final

MAX_BOXES: Final = 10_000
KINDS: Final = frozenset({"audio/wav", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/amr", "audio/aac", "video/mp4"})
"""Media types of recordings."""
HEADS: Final = (b"OggS", b"#!AMR", b"ID3")
"""First bytes of recordings: Ogg (voice messages of WhatsApp), AMR, and MP3 with a head."""


def is_recording(kind: str, untrusted: bytes) -> bool:
    """Return whether a file is a sound recording, by its media type or its first bytes."""
    if kind.startswith("image/"):
        # Pictures of telephones are in the container of their recordings.
        return False
    is_wave = untrusted[:4] == b"RIFF" and untrusted[8:12] == b"WAVE"
    return kind in KINDS or is_wave or untrusted[4:8] == b"ftyp" or untrusted.startswith(HEADS)


def length_in_words(untrusted: bytes) -> str:
    """Return the length of a recording, such as ``3 minutes 7 seconds``, or "" where its file does not say it in a way that is known here."""
    seconds = _of_wav(untrusted) if untrusted[:4] == b"RIFF" else _of_boxes(untrusted)
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    parts = [_counted(minutes, "minute")] if minutes else []
    return " ".join([*parts, _counted(rest, "second")] if rest or not parts else parts)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _of_wav(untrusted: bytes) -> float | None:
    try:
        with wave.open(io.BytesIO(untrusted)) as opened:
            return float(opened.getnframes()) / float(opened.getframerate())
    except (wave.Error, EOFError, ZeroDivisionError, struct.error):
        return None


def _of_boxes(untrusted: bytes) -> float | None:
    """Return the seconds of a movie header, `moov/mvhd` (ISO/IEC 14496-12, 8.2.2)."""
    movie = _box(untrusted, 0, len(untrusted), b"moov")
    header = _box(untrusted, *movie, b"mvhd") if movie else None
    if header is None:
        return None
    start, end = header
    try:
        # Version 1 has times of eight bytes, version 0 of four.
        layout, skip = (">IQ", 20) if untrusted[start] == 1 else (">II", 12)
        scale, length = struct.unpack_from(layout, untrusted[:end], start + skip)
    except (struct.error, IndexError):
        return None
    return float(length) / float(scale) if scale else None


def _box(untrusted: bytes, start: int, end: int, wanted: bytes) -> tuple[int, int] | None:
    """Return where the content of the first box of a type begins and ends, among those that stand beside each other."""
    for _ in range(MAX_BOXES):
        if start + 8 > end:
            return None
        size, kind = int.from_bytes(untrusted[start : start + 4], "big"), untrusted[start + 4 : start + 8]
        head = 8
        if size == 1:
            size, head = int.from_bytes(untrusted[start + 8 : start + 16], "big"), 16
        size = size or end - start
        if size < head:
            return None
        if kind == wanted:
            return start + head, min(end, start + size)
        start += size
    return None
