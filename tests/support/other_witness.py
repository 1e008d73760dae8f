"""A witness that speaks C2SP tlog-witness on the loopback, written from the C2SP pages; it shares no code with the program."""

import base64
import hashlib
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey


class OtherWitness:
    """Cosigns whatever it is shown, with Ed25519 or ML-DSA-44, by a clock that the test sets."""

    def __init__(self, name: str = "witness.example/w1", *, post_quantum: bool = False) -> None:
        self.name, self.at = name, 1_800_000_000
        self._key: Any = MLDSA44PrivateKey.generate() if post_quantum else Ed25519PrivateKey.generate()
        self._typed = bytes([6 if post_quantum else 4]) + self._key.public_key().public_bytes_raw()

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + self._typed).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(self._typed).decode()}"

    def line(self, checkpoint_text: str) -> str:
        """Return the cosignature of a checkpoint's text, as a signature line."""
        seconds = self.at.to_bytes(8, "big")
        if self._typed[0] == 4:
            message = f"cosignature/v1\ntime {self.at}\n{checkpoint_text}".encode()
        else:
            origin, size, root = checkpoint_text.split("\n")[:3]
            name = self.name.encode()
            message = b"subtree/v1\n\0" + bytes([len(name)]) + name + seconds + bytes([len(origin)]) + origin.encode()
            message += bytes(8) + int(size).to_bytes(8, "big") + base64.b64decode(root)
        signed = self.key_id + seconds + self._key.sign(message)
        return f"— {self.name} {base64.b64encode(signed).decode()}\n"

    def answer(self, request: bytes) -> str:
        """Return the answer to the body of an add-checkpoint request."""
        checkpoint = request.decode().partition("\n\n")[2]
        return self.line(checkpoint.partition("\n\n")[0] + "\n")


Handle = Callable[[bytes], tuple[int, str, bytes]]
"""Gives status, content type and body for the body of a request."""


@contextmanager
def served(handle: Handle, *, seconds_between_bytes: float = 0) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Serve on the loopback; give the address, and the list of paths and bodies that arrive."""
    seen: list[tuple[str, bytes]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, asked))
            status, content_type, content = handle(asked)
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if not seconds_between_bytes:
                self.wfile.write(content)
                return
            try:
                for position in range(len(content)):
                    self.wfile.write(content[position : position + 1])
                    time.sleep(seconds_between_bytes)
            except OSError:
                return  # whoever asked has gone

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/w", seen
    finally:
        server.shutdown()
        server.server_close()
