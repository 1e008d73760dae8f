"""The one module that opens the network: a time stamp is asked for over HTTP, where the owner has switched that on (time-stamps.md, section 5)."""

from email.message import Message
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from evidence_app.errors import EnvironmentProblem, InputError

SECONDS: Final = 20
MAX_ANSWER_BYTES: Final = 1024 * 1024
SCHEMES: Final = frozenset({"http", "https"})


class _NoRedirect(HTTPRedirectHandler):
    """Follows nobody anywhere else."""

    def redirect_request(
        self, _request: Request, _file: IO[bytes], _code: int, _words: str, _headers: Message, _to: str
    ) -> None:
        """Refuse."""


def require_address(untrusted: str) -> str:
    """Return the address of an authority, checked.

    Raises:
        InputError: it is none.
    """
    try:
        parts = urlsplit(untrusted)
        whole = parts.scheme in SCHEMES and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        whole = False
    if not whole or not untrusted.isascii() or not untrusted.isprintable() or " " in untrusted:
        raise InputError(
            "The address of an authority is like http://stamps.example/tsa, without a name or password in it."
        )
    return untrusted


def ask_for_stamp(address: str, request: bytes) -> bytes:
    """Send a request to an authority and return its answer, unread.

    Raises:
        EnvironmentProblem: it cannot be reached, or does not answer as an authority does.
    """
    asked = Request(  # noqa: S310 - the scheme was checked
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
        with build_opener(_NoRedirect()).open(asked, timeout=SECONDS) as answer:
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
