"""Stands in for aiohttp, which pyHanko imports so that it can fetch certificates and time stamps.

This program signs without a network, and one module of it alone may open a connection: so what people install has no other client for
HTTP. These are the names that pyHanko needs to be imported; whatever would make a connection says that it cannot.
"""


class ClientError(Exception):
    """What pyHanko catches."""


class ContentTypeError(ClientError):
    """What pyHanko raises over an answer of another type."""


class ClientTimeout:
    """A number of seconds, which nothing waits for."""

    def __init__(self, total: float | None = None) -> None:
        self.total = total


class TCPConnector:
    """A connector that is none."""

    def __init__(self, **_: object) -> None:
        raise ClientError("This program has no client for HTTP.")


class ClientSession:
    """A session that is none."""

    def __init__(self, **_: object) -> None:
        raise ClientError("This program has no client for HTTP.")


class BasicAuth:
    """A name and a password, which go nowhere."""

    def __init__(self, login: str, password: str = "") -> None:
        self.login, self.password = login, password
