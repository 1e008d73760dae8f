"""The verifier as one HTML file, which opens in any browser of today without a network (docs/decisions/0038)."""

from pathlib import Path
from typing import Final

from evidence_app.errors import EnvironmentProblem, InputError
from evidence_app.files import reason, resource, write_whole

FILE: Final = "verify.html"
"""The name of the file beside a bundle."""
NOT_BUILT: Final = (
    "The verifier for browsers is not in this installation. Where there is Node.js 20 or newer, “python3 dev.py setup” in the program's "
    "source builds it."
)


def verifier_page() -> bytes:
    """Return the verifier.

    Raises:
        EnvironmentProblem: it was not built.
    """
    try:
        return resource(f"verifier/{FILE}").read_bytes()
    except EnvironmentProblem as error:
        raise EnvironmentProblem(NOT_BUILT) from error


def write_verifier(out: Path, *, replace: bool = False) -> None:
    """Write the verifier to a file. The same file may be there already; another one only with `replace`.

    Raises:
        InputError: another file of that name is there.
        EnvironmentProblem: the verifier was not built, or the file cannot be written.
    """
    content = verifier_page()
    try:
        there = out.read_bytes() if out.exists() else None
    except OSError as error:
        raise InputError(f"{out.name} cannot be read: {reason(error)}.") from error
    if there is not None and there != content and not replace:
        raise InputError(f"{out.name} is there already. Choose another name, or add --replace.")
    if there != content:
        write_whole(out, content)
