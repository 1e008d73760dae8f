"""Frames on a pipe: four bytes with the length of a JSON head, the head with the lengths of the blobs, and the blobs."""

import json
from typing import IO, Any, Final

MAX_HEAD: Final = 256 * 1024 * 1024
MAX_BLOBS: Final = 2 * 1024**3
"""Bytes of one frame's head, and of its blobs together."""


class BrokenPipe(Exception):
    """The pipe ended within a frame, or what came is none."""


def send(pipe: IO[bytes], message: Any, blobs: list[bytes]) -> None:
    """Write a frame.

    Raises:
        OSError, ValueError: the other end is gone.
    """
    head = json.dumps({"message": message, "blobs": [len(each) for each in blobs]}).encode("ascii")
    pipe.write(len(head).to_bytes(4, "big") + head)
    for each in blobs:
        pipe.write(each)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[Any, list[bytes]] | None:
    """Read a frame. Return its message and its blobs; None where the pipe ended before one.

    Raises:
        BrokenPipe: it is no whole frame.
    """
    size = pipe.read(4)
    if not size:
        return None
    length = int.from_bytes(size, "big")
    if length > MAX_HEAD:
        raise BrokenPipe
    try:
        head = json.loads(_exactly(pipe, length))
        lengths = [int(each) for each in head["blobs"]]
        message = head["message"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BrokenPipe from error
    if sum(lengths) > MAX_BLOBS or any(each < 0 for each in lengths):
        raise BrokenPipe
    return message, [_exactly(pipe, each) for each in lengths]


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) != length:
        raise BrokenPipe
    return content
