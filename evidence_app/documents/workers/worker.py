"""What runs in a worker: it opens one foreign file after the other and answers questions about it, through its standard input and output.

The last file stays open until another comes: what was read of it is known if it is the same again.

Started by `sessions` as a file. A message is `["open", kind, arguments]` (or `"open anew"`) or `["ask", call, arguments]`; the answer is `["value", value]`, or
`["error", class, words]`. It ends when its input does. Before the first file it gives up what it does not need (`limit_itself`).
"""

import contextlib
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Final

KINDS: Final = {
    "pdf": ("evidence_app.documents.foreign_pdf", "ForeignPdf"),
    "bundle": ("evidence_app.bundle.foreign_bundle", "ForeignBundle"),
    "hand-over": ("evidence_app.bundle.exhibits.handover_pages", "HandoverBundle"),
    "pdf to place": ("evidence_app.bundle.exhibits.placeable_pdf", "PlaceablePdf"),
    "drawn page": ("evidence_app.documents.drawn_page", "DrawnPage"),
    "picture": ("evidence_app.documents.foreign_picture", "ForeignPicture"),
    "mail": ("evidence_app.mail.foreign_mail", "ForeignMail"),
    "mails": ("evidence_app.mail.foreign_mail", "ForeignMails"),
    "personal store": ("evidence_app.mail.outlook.personal_store", "PersonalStore"),
    "leaf hashes": ("evidence_app.services.safekeeping.leaf_hashes", "LeafHashes"),
    "document": ("evidence_app.documents.office.foreign_document", "ForeignDocument"),
}
"""The kinds of files that are opened, and the classes that open them; each names the calls that it answers."""
ERRORS: Final = frozenset({"CannotShow", "CannotRead", "PictureDamaged", "PictureTooLarge"})
"""Refusals that go back by name. Any other exception ends the worker: its state is unknown."""
MAX_MEMORY: Final = 6 * 1024**3
"""Bytes of the address space."""
NEW_USERS, NEW_NETWORK = 0x10000000, 0x40000000
"""Flags of unshare(2)."""


def limit_itself() -> None:
    """Give up what opening a file does not need: the network, files to write, and more memory than a page takes."""
    if sys.platform == "linux":
        _leave_the_network()
    try:
        import resource
    except ImportError:
        # Windows.
        pass
    else:
        for what, most in ((resource.RLIMIT_AS, MAX_MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
            try:
                resource.setrlimit(what, (most, most))
            except (ValueError, OSError):
                continue
    sys.addaudithook(_refuse)


def _leave_the_network() -> None:
    """Go into a network of one's own, with nothing in it, where the system allows that; where it does not, the hook remains."""
    import ctypes

    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_USERS | NEW_NETWORK):
        return
    # Whose files they are stays as it was (user_namespaces(7)).
    for name, content in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with contextlib.suppress(OSError):
            Path(f"/proc/self/{name}").write_text(content, encoding="ascii")


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith("socket."):
        raise PermissionError("a worker has no network")
    # Pipes that are open already go by their numbers.
    if event == "open" and arguments[0] != os.devnull and not isinstance(arguments[0], int):
        mode, flags = arguments[1], arguments[2]
        writes = isinstance(mode, str) and any(each in mode for each in "wax+")
        if writes or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            raise PermissionError("a worker writes no files")


def serve(given: IO[bytes], said: IO[bytes]) -> None:
    """Answer messages until there are no more."""
    from evidence_app.documents.workers import frames, values

    opened: Any = None
    known: Any = None
    while (frame := frames.receive(given)) is not None:
        (what, name, untrusted), blobs = frame
        arguments = values.decode(untrusted, blobs)
        try:
            if what in {"open", "open anew"}:
                if what == "open anew" or known != (name, arguments):
                    _close(opened)
                    opened = known = None
                    module, kind = KINDS[name]
                    opened = getattr(import_module(module), kind)(*arguments)
                    known = (name, arguments)
                answer: Any = opened.facts()
            else:
                if name not in opened.CALLS:
                    raise KeyError(name)
                answer = getattr(opened, name)(*arguments)
        except Exception as error:
            if type(error).__name__ not in ERRORS:
                raise
            frames.send(said, ["error", type(error).__name__, str(error)], [])
            continue
        out: list[bytes] = []
        frames.send(said, ["value", values.encode(answer, out)], out)


def _close(opened: Any) -> None:
    if opened is not None and hasattr(opened, "close"):
        opened.close()


def main() -> int:
    """Serve the pipe that is this process's input and output; whatever a library prints goes nowhere."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    given, said = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for each in (0, 1):
        os.dup2(nowhere, each)
    limit_itself()
    serve(given, said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
