"""A server on the loopback that answers requests for time stamps, and gives out revocation lists."""

import http.server
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

Handle = Callable[[bytes], tuple[int, bytes]]
"""What answers the body of a request, empty for a GET: a status and a body."""
Serve = Callable[[Handle], "AuthorityServer"]


class AuthorityServer(http.server.ThreadingHTTPServer):
    """Listens until it is closed. `seen` has the headers and the body of each request; of a GET no bytes."""

    def __init__(self, handle: Handle) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self._answer(self.rfile.read(int(self.headers["Content-Length"])))

            def do_GET(self) -> None:
                self._answer(b"")

            def _answer(self, asked: bytes) -> None:
                self.server.seen.append((self.headers, asked))  # type: ignore[attr-defined]
                code, content = handle(asked)
                self.send_response(code)
                if code in {301, 302}:
                    self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[Any] = []

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_address[1]}/tsa"


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers, and stop them at the end of the test."""
    started: list[AuthorityServer] = []

    def start(handle: Handle) -> AuthorityServer:
        server = AuthorityServer(handle)
        started.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()
