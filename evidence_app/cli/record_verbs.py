"""Verbs about records: kinds, seal, list, show, search and receipt. Each reads its options, calls one service and prints the result."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from evidence_app.cli.opening import open_for_upkeep, open_session
from evidence_app.cli.output import print_json, print_note, print_result
from evidence_app.errors import ExitCode, InputError
from evidence_app.files import reason

if TYPE_CHECKING:
    from evidence_app.domain.phrases import Phrase
    from evidence_app.domain.record.entries import Entry
    from evidence_app.domain.record.lists.words import WordList
    from evidence_app.domain.record.records import SealedRecord
    from evidence_app.domain.summary.saved_views import View
    from evidence_app.proof.encoding.json import Json
    from evidence_app.services.core.sealing import Sealed
    from evidence_app.services.core.session import Session
    from evidence_app.services.records.reading import Selection

MAX_LINE_BYTES = 16 * 1024 * 1024
"""Most bytes that `seal` reads of one line, and of what follows the first line of a single JSON object."""


def kinds(arguments: argparse.Namespace) -> ExitCode:
    """Print the kinds of record that an officer, or with --rep a union rep, writes; with --json their JSON Schemas."""
    from evidence_app.domain.record.fields import Holder
    from evidence_app.domain.record.kinds import kinds_of
    from evidence_app.domain.record.schemas import schemas

    holder = Holder.REP if arguments.rep else Holder.OFFICER
    if arguments.json:
        print_json(dict(schemas(holder)))
    else:
        for kind in kinds_of(holder):
            print_result(f"{kind.name:18} {kind.purpose}")
        if holder is Holder.OFFICER:
            print_note("A union rep's store has kinds of its own besides: “kinds --rep” shows them.")
    return ExitCode.DONE


def entries_in(stream: BinaryIO, what: str) -> "Iterator[tuple[str, Json]]":
    """Yield the entries of a stream as they are read, each with where it stands: JSON Lines, or one JSON object over several lines.

    `what` names the stream in errors. Where there is but one object nothing is said of where.

    Raises:
        InputError: the stream holds no record, or a line is no JSON.
    """
    from evidence_app.proof.encoding.json import parse

    first = b""
    while not first.strip():
        first = stream.readline(MAX_LINE_BYTES)
        if not first:
            raise InputError(f"{what} holds no record.")
    # A first line that is a whole JSON value means JSON Lines; otherwise the whole stream is one object.
    try:
        entry = parse(first, what)
    except InputError:
        yield "", parse(first + stream.read(MAX_LINE_BYTES), what)
        return
    yield "", entry
    for number, line in enumerate(iter(lambda: stream.readline(MAX_LINE_BYTES), b""), start=2):
        if line.strip():
            yield f"Line {number}: ", parse(line, f"{what}, line {number},")


def _require_good(stream: BinaryIO, what: str, folder: Path) -> None:
    """Read the entries of a file once before any is sealed, so that a fault in the last leaves everything as it was.

    Raises:
        InputError: an entry is malformed, or a file that it names is not there.
    """
    from evidence_app.domain.record.entries import read_entry
    from evidence_app.services.core import sealing

    for where, untrusted in entries_in(stream, what):
        with _where_named(where):
            sealing.sources_of(read_entry(untrusted), folder)
    stream.seek(0)


@contextmanager
def _where_named(where: str) -> "Iterator[None]":
    """Say in an error which line of the input it is about."""
    try:
        yield
    except InputError as error:
        raise InputError(f"{where}{error.sentence}") from error


GROUP: Final = 128
"""Entries of a file that are sealed in one transaction: each is acknowledged when all of them are on the disk."""


def seal(arguments: argparse.Namespace) -> ExitCode:
    """Seal the entries of a file in groups, or those of standard input one by one, and acknowledge each when it is on the disk."""
    from_stdin = arguments.file == "-"
    path = Path(arguments.file)
    try:
        source = nullcontext(sys.stdin.buffer) if from_stdin else path.open("rb")
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error
    what = "The input" if from_stdin else path.name
    with source as stream, open_session(arguments, writable=True) as session:
        if not from_stdin:
            _require_good(stream, what, path.parent)
        together = 1 if from_stdin else GROUP
        for sealed in _sealed(session, entries_in(stream, what), None if from_stdin else path.parent, together):
            _acknowledge(arguments, session, sealed)
    return ExitCode.DONE


def _sealed(
    session: "Session", entries: "Iterable[tuple[str, Json]]", folder: Path | None, together: int
) -> "Iterator[Sealed]":
    """Seal entries, so many together, and yield each when it is on the disk. One with attachments is sealed alone.

    Raises:
        InputError: as `sealing.seal`, with where in the input the entry stands; those before it are sealed and yielded.
    """
    from evidence_app.domain.record.entries import read_entry
    from evidence_app.services.core import sealing

    waiting: list[tuple[str, Entry]] = []

    def flush() -> "Iterator[Sealed]":
        group, waiting[:] = list(waiting), []
        try:
            sealed = sealing.seal_together(session, [entry for _, entry in group]) if len(group) > 1 else []
        except InputError:
            # One of them cannot be sealed: the others before it are, one by one, and the error names its line.
            sealed = []
        yield from sealed
        for where, entry in () if sealed else group:
            with _where_named(where):
                one = sealing.seal(session, entry)
            yield one

    for where, untrusted in entries:
        with _where_named(where):
            entry = read_entry(untrusted)
        if entry.attachments:
            yield from flush()
            with _where_named(where):
                alone = sealing.seal(session, entry, sealing.sources_of(entry, folder))
            yield alone
            continue
        waiting.append((where, entry))
        if len(waiting) >= together:
            yield from flush()
    yield from flush()


def _acknowledge(arguments: argparse.Namespace, session: "Session", sealed: "Sealed") -> None:
    """Say that a record is on the disk, with what is to be remarked of it, and write its receipt."""
    if arguments.json:
        print_json(sealed.to_json())
    else:
        print_result(f"Sealed. Record {sealed.index}, code {sealed.code}, {sealed.to_json()['sealed_at']}.")
    for remark in _remarks(session, sealed.record):
        print_note(f"Record {sealed.index}: {remark}")
    if sealed.record.clock_went_back:
        from evidence_app.services.records.reading import clock_in_words

        print_note(f"Record {sealed.index}: {clock_in_words(sealed.record)}.")
    if arguments.receipts:
        from evidence_app.files import write_whole
        from evidence_app.services.records.receipt_files import receipt_name

        write_whole(Path(arguments.receipts) / receipt_name(sealed.index, sealed.code), sealed.receipt.encode())


def _remarks(session: "Session", record: "SealedRecord") -> "Iterator[Phrase]":
    """Yield what is to be said of the words of a record that was sealed."""
    from evidence_app.domain.record.kinds import fields_of
    from evidence_app.domain.record.word_remarks import remarks_on_words
    from evidence_app.domain.time.times import london_day

    def lists() -> "Mapping[str, WordList]":
        from evidence_app.services.attestation.word_lists import word_lists

        return word_lists(session)

    yield from remarks_on_words(fields_of(record.kind), record.fields, london_day(record.event[0]), lists)


def selection(arguments: argparse.Namespace) -> "Selection":
    """Return the selection of records that --case, --kind, --from and --to describe; empty options select everything.

    Raises:
        InputError: a day or kind is malformed.
    """
    from evidence_app.services.records.reading import choose

    return choose(
        case_ref=arguments.case or "",
        kind=getattr(arguments, "kind", None) or "",
        first_day=day_named(arguments.from_day),
        last_day=day_named(arguments.to_day),
    )


def day_named(text: str | None) -> str:
    """Return the day that a text names, in ISO 8601, as the window reads it (2025-04-14, 14 April 2025, last Monday); no text names none."""
    from evidence_app.domain.time.spoken_times import spoken_day
    from evidence_app.domain.time.times import london_day
    from evidence_app.services.core.session import SystemClock

    return spoken_day(text, london_day(SystemClock().now())).isoformat() if text else ""


def list_records(arguments: argparse.Namespace) -> ExitCode:
    """List the records that the options or a saved view select, save a view, or list the saved views."""
    from evidence_app.services.records import saved_views
    from evidence_app.services.records.reading import records_at

    with open_session(arguments, writable=bool(arguments.keep_view)) as session:
        if arguments.views:
            views = saved_views.all_views(session)
            if arguments.json:
                print_json({"views": {name: view.to_json() for name, view in views.items()}})
            for name, view in () if arguments.json else views.items():
                print_result(f"{name}: {', '.join(words for _, words in view.in_words()) or 'everything'}")
            return ExitCode.DONE
        view = _view(arguments, saved_views.find_view(session, arguments.view) if arguments.view else None)
        found = saved_views.positions(session, view)
        positions = found if view.order else sorted(found)
        if arguments.keep_view:
            saved_views.keep_view(session, arguments.keep_view, view)
        records = records_at(session, positions)
    return say_records(arguments, records)


def _view(arguments: argparse.Namespace, saved_view: "View | None") -> "View":
    """Return the saved view, if any, with the options that were given in place of its own."""
    from evidence_app.domain.summary.saved_views import read_view

    options = {
        "text": arguments.words,
        "case": arguments.case or "",
        "person": arguments.person,
        "kind": arguments.kind or "",
        "first_day": day_named(arguments.from_day),
        "last_day": day_named(arguments.to_day),
        "thread": arguments.thread_state,
        "order": arguments.order,
    }
    saved = saved_view.to_json() if saved_view is not None else {}
    return read_view(saved | {name: value for name, value in options.items() if value})


def say_records(arguments: argparse.Namespace, records: "list[SealedRecord]") -> ExitCode:
    """Print records, a line each, or with --json one document of their summaries."""
    from evidence_app.services.records.reading import summary

    if arguments.json:
        print_json({"records": [summary(record) for record in records]})
    else:
        for record in records:
            print_result(_line(record))
    return ExitCode.DONE


def _line(record: "SealedRecord") -> str:
    when = record.event_in_words()
    clock = " [clock went back]" if record.clock_went_back else ""
    words = f"{record.headline(70)}{clock}"
    return f"{record.index:5}  {record.code}  {when:32}  {record.kind.label:22} {words}"


def show(arguments: argparse.Namespace) -> ExitCode:
    """Print one record in full, or with --ndelius its text for nDelius."""
    from evidence_app.services.records import reading

    with open_session(arguments, writable=False) as session:
        shown = reading.show(session, arguments.record)
    if arguments.json:
        print_json(shown.to_json())
    elif arguments.ndelius:
        print_result(shown.ndelius_text or "A record of this kind has no entry in nDelius.")
    else:
        for line in reading.in_plain_text(shown):
            print_result(line)
    return ExitCode.DONE


def search(arguments: argparse.Namespace) -> ExitCode:
    """List the records that hold the words searched for, or have a file that shows them, and mark the words."""
    from evidence_app.services.mail import file_search
    from evidence_app.services.records.search_hits import search_with_hits

    with open_for_upkeep(arguments) as session:
        if not arguments.quick:
            file_search.read_files(session, _say_reading)
        left, doubtful = file_search.count_not_read(session), file_search.count_in_doubt(session)
        found = search_with_hits(session, arguments.text)
    print_note(f"{len(found)} found.")
    if left:
        files, were = ("file", "was") if left == 1 else ("files", "were")
        print_note(
            f"{left} attached {files} {were} not searched. Search without --quick while no other program has the store open."
        )
    if doubtful:
        files, have = ("file", "has") if doubtful == 1 else ("files", "have")
        print_note(f"{doubtful} attached {files} {have} something that cannot be read as words.")
    if arguments.json:
        print_json({"records": [each.to_json() for each in found]})
    else:
        for each in found:
            print_result(_line(each.record))
            print_result(f"       {each.in_words()}")
    return ExitCode.DONE


def _say_reading(done: int, total: int) -> None:
    if total and done == 0:
        files = "file" if total == 1 else "files"
        print_note(f"Reading {total} attached {files} for the search. Control-C stops it; what was read is kept.")


def receipt(arguments: argparse.Namespace) -> ExitCode:
    """Write the seal receipt of a record to a file."""
    from evidence_app.services.records.receipt_files import write_receipt

    with open_session(arguments, writable=False) as session:
        code = write_receipt(session, arguments.record, Path(arguments.out))
    if arguments.json:
        print_json({"index": arguments.record, "code": code, "file": arguments.out})
    else:
        print_result(f"Seal receipt of record {arguments.record}, code {code}, written to {arguments.out}.")
    return ExitCode.DONE
