"""HTTP requests for time stamps, revocation lists and countersignatures, where the owner has switched them on (docs/spec/time-stamps.md, section 6).

The only module that uses the network; the import linter refuses it elsewhere.
"""

import time
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from evidence_app.errors import EnvironmentProblem, InputError

SECONDS: Final = 20
"""Longest time of a request, in seconds, and longest silence in it."""
CHUNK: Final = 65_536
OK: Final = 200
MAX_ANSWER_BYTES: Final = 1024 * 1024
"""Maximum length of a response."""
SCHEMES: Final = frozenset({"http", "https"})
"""Accepted schemes of an address. Plain HTTP is usual for time stamps: the response is signed."""


class _NoRedirect(HTTPRedirectHandler):
    """Refuses redirects: the request goes to the address that the owner sealed, and nowhere else."""

    def redirect_request(
        self, _request: Request, _file: IO[bytes], _code: int, _words: str, _headers: Message, _to: str
    ) -> None:
        """Return None, which makes urllib raise the redirect as an `HTTPError`."""


def require_address(untrusted: str) -> str:
    """Return the address of a time-stamping authority or a witness after validating it.

    Raises:
        InputError: it is not an http or https address, or has a user name in it.
    """
    try:
        parts = urlsplit(untrusted)
        # Reading `port` raises ValueError where it is not a number from 0 to 65535.
        valid = parts.scheme in SCHEMES and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        valid = False
    if not valid or not untrusted.isascii() or not untrusted.isprintable() or " " in untrusted:
        raise InputError("Such an address is like http://stamps.example/tsa, without a name or password in it.")
    return untrusted


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the HTTP status, the content type without parameters in lower case, and the body, all unverified."""

    status: int
    content_type: str
    content: bytes


def ask_for_stamp(address: str, request: bytes) -> bytes:
    """Send a TimeStampReq to an authority by HTTP POST (RFC 3161, section 3.4) and return the body of the response, unverified.

    Raises:
        EnvironmentProblem: the authority cannot be reached, or the response is an HTTP error or too long.
    """
    content_types = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    answer = _send(require_address(address), request, content_types)
    if answer.status != OK:
        raise EnvironmentProblem(f"{_host(address)} answered with {answer.status}, and no time stamp.")
    return answer.content


def fetch_revocation_list(address: str) -> bytes:
    """Fetch a list of revoked certificates by HTTP GET from where a certificate says that it is (RFC 5280, section 4.2.1.13), unverified.

    Raises:
        InputError: the address is none.
        EnvironmentProblem: it cannot be reached, or the response is an HTTP error, too long or too slow.
    """
    answer = _send(require_address(address), None, {"Accept": "application/pkix-crl"})
    if answer.status != OK:
        raise EnvironmentProblem(
            f"{_host(address)} answered with {answer.status}, and no list of revoked certificates."
        )
    return answer.content


def ask_witness(address: str, request: bytes) -> Answer:
    """Send an add-checkpoint request to a witness (C2SP tlog-witness). `address` is the prefix, or ends in ``add-checkpoint``.

    Raises:
        InputError: the address is none.
        EnvironmentProblem: the witness cannot be reached, or the response is too long or too slow.
    """
    address = require_address(address).rstrip("/")
    if not address.endswith("/add-checkpoint"):
        address += "/add-checkpoint"
    return _send(address, request, {"Content-Type": "text/plain; charset=utf-8"})


def _send(address: str, content: bytes | None, headers: dict[str, str]) -> Answer:
    """Make one HTTP POST, or without content one GET, that follows no redirect and ends within `SECONDS`."""
    request = Request(address, data=content, headers={**headers, "User-Agent": "-"})  # noqa: S310 - the scheme was checked
    ends_at = time.monotonic() + SECONDS
    try:
        try:
            response: Any = build_opener(_NoRedirect()).open(request, timeout=SECONDS)
        except HTTPError as error:
            response = error
        with response:
            content_type = response.headers.get_content_type()
            return Answer(int(response.status), content_type, _read(response, ends_at, address))
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise EnvironmentProblem(
            f"{_host(address)} could not be reached. Save the request as a file and carry it to a machine that reaches it."
        ) from error


def _read(response: Any, ends_at: float, address: str) -> bytes:
    """Read a body piece by piece: a server that sends a byte now and then would hold up a single read without end."""
    untrusted = bytearray()
    while True:
        piece = response.read1(CHUNK)
        if not piece:
            return bytes(untrusted)
        untrusted += piece
        if len(untrusted) > MAX_ANSWER_BYTES:
            raise EnvironmentProblem(f"{_host(address)} answered with more than any such answer has.")
        if time.monotonic() > ends_at:
            raise EnvironmentProblem(f"{_host(address)} answered too slowly. Try again later.")


def _host(address: str) -> str:
    return urlsplit(address).hostname or "The address"
