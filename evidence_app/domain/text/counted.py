"""Counts in plain English."""


def counted(count: int, what: str, several: str = "") -> str:
    """Return a count with its noun: ``1 concern``, ``2 concerns``. `several` is the plural of a noun that takes more than an s."""
    return f"{count:,} {what if count == 1 else several or f'{what}s'}"
