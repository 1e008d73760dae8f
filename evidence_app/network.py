"""HTTP requests for time stamps, where the owner has switched them on (docs/spec/time-stamps.md, section 5).

The only module that uses the network; the import linter refuses it elsewhere.
"""

from email.message import Message
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from evidence_app.errors import EnvironmentProblem, InputError

SECONDS: Final = 20
"""Timeout of a request, in seconds."""
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
    """Return the address of a time-stamping authority after validating it.

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
        raise InputError(
            "The address of an authority is like http://stamps.example/tsa, without a name or password in it."
        )
    return untrusted


def ask_for_stamp(address: str, request: bytes) -> bytes:
    """Send a TimeStampReq to an authority by HTTP POST (RFC 3161, section 3.4) and return the body of the response, unverified.

    Raises:
        EnvironmentProblem: the authority cannot be reached, or the response is an HTTP error or too long.
    """
    http_request = Request(  # noqa: S310 - the scheme was checked
        require_address(address),
        data=request,
        headers={
            "Content-Type": "application/timestamp-query",
            "Accept": "application/timestamp-reply",
            "User-Agent": "-",
        },
        method="POST",
    )
    host = urlsplit(address).hostname
    try:
        with build_opener(_NoRedirect()).open(http_request, timeout=SECONDS) as answer:
            # One byte more than allowed, to notice a longer body without reading it.
            untrusted: bytes = answer.read(MAX_ANSWER_BYTES + 1)
    except HTTPError as error:
        error.close()
        raise EnvironmentProblem(f"{host} answered with {error.code}, and no time stamp.") from error
    except (URLError, OSError, ValueError) as error:
        raise EnvironmentProblem(
            f"{host} could not be reached. Save the request as a file and carry it to a machine that reaches it."
        ) from error
    if len(untrusted) > MAX_ANSWER_BYTES:
        raise EnvironmentProblem(f"{host} answered with something that is no time stamp.")
    return untrusted
