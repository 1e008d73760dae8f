"""What each verb does: read the options, call one service, print the result."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from evidence_app.cli import options
from evidence_app.cli.output import print_json, print_note, print_report, print_result
from evidence_app.errors import ExitCode, InputError, StoreDamaged
from evidence_app.files import reason

if TYPE_CHECKING:
    from evidence_app.domain.record.records import SealedRecord
    from evidence_app.domain.summary.saved_views import View
    from evidence_app.proof.encoding.json import Json
    from evidence_app.proof.verdicts import Report
    from evidence_app.services.core.session import Session
    from evidence_app.services.records.reading import Selection

MAX_LINE_BYTES = 16 * 1024 * 1024


def open_session(arguments: argparse.Namespace, *, writable: bool) -> "Session":
    """Open the store that the options name."""
    from evidence_app.services.core.session import PASSPHRASE, RECOVERY, Session

    folder = options.store_folder(arguments)
    secret, is_code = options.secret(arguments)
    return Session.open(folder, secret, opens_with=RECOVERY if is_code else PASSPHRASE, writable=writable)


def init(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.domain.record.fields import Holder
    from evidence_app.services.safekeeping.creating import create_store
    from evidence_app.services.safekeeping.keys import passphrase_strength

    folder = options.store_folder(arguments)
    passphrase = options.new_passphrase(getattr(arguments, "passphrase_file", None))
    strength = passphrase_strength(passphrase)
    made = create_store(
        folder,
        passphrase,
        owner=arguments.owner,
        role=arguments.role,
        machine=arguments.machine,
        holder=Holder.REP if arguments.rep else Holder.OFFICER,
    )
    with made.session as session:
        origin = session.log_key.origin
        write_sheet(session, made.recovery_code, arguments.sheet)
    if strength.score < 3:
        print_note(f"The passphrase: {strength.words.lower()}.")
    if arguments.json:
        print_json({"store": str(folder), "recovery_code": made.recovery_code, "log": origin})
    else:
        print_result(f"Store made in {folder}. Log {origin}")
        print_result(f"Recovery code, shown this once: {made.recovery_code}")
        print_note("Write the code down on paper, and keep it at work, locked away and apart from this machine.")
    return ExitCode.DONE


def write_sheet(session: "Session", code: str, file: str | None) -> None:
    """Write the recovery sheet where it is asked for. The code has been made by then: it is not lost when the sheet cannot be written."""
    from evidence_app.errors import EnvironmentProblem
    from evidence_app.files import write_whole
    from evidence_app.services.safekeeping.keys import recovery_sheet

    if not file:
        return
    try:
        write_whole(Path(file), recovery_sheet(session, code, session.clock.now()))
        print_note(f"The recovery sheet is in {Path(file).name}, in clear. Print it, then delete the file.")
    except EnvironmentProblem as error:
        print_note(f"The recovery sheet could not be written: {error.sentence} The code itself follows.")


def kinds(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.domain.record.fields import Holder
    from evidence_app.domain.record.kinds import kinds_of
    from evidence_app.domain.record.schemas import schemas

    holder = Holder.REP if arguments.rep else Holder.OFFICER
    if arguments.json:
        print_json(dict(schemas(holder)))
    else:
        for kind in kinds_of(holder):
            print_result(f"{kind.name:18} {kind.purpose}")
    return ExitCode.DONE


def entries_in(stream: BinaryIO, what: str) -> "Iterator[Json]":
    """Yield the entries of a stream as they come: one JSON object over many lines, or one a line."""
    from evidence_app.proof.encoding.json import parse

    first = b""
    while not first.strip():
        first = stream.readline(MAX_LINE_BYTES)
        if not first:
            raise InputError(f"{what} holds no record.")
    try:
        entry = parse(first, what)
    except InputError:
        yield parse(first + stream.read(MAX_LINE_BYTES), what)
        return
    yield entry
    for number, line in enumerate(iter(lambda: stream.readline(MAX_LINE_BYTES), b""), start=2):
        if line.strip():
            yield parse(line, f"{what}, line {number},")


def seal(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.domain.record.entries import read_entry
    from evidence_app.files import write_whole
    from evidence_app.services.core import sealing
    from evidence_app.services.records.receipt_files import receipt_name

    from_stdin = arguments.file == "-"
    path = Path(arguments.file)
    try:
        source = nullcontext(sys.stdin.buffer) if from_stdin else path.open("rb")
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error
    what = "The input" if from_stdin else path.name
    with source as stream, open_session(arguments, writable=True) as session:
        for untrusted in entries_in(stream, what):
            entry = read_entry(untrusted)
            beside = None if from_stdin else path.parent
            sealed = sealing.seal(session, entry, sealing.sources_of(entry, beside))
            if arguments.json:
                print_json(sealed.to_json())
            else:
                print_result(f"Sealed. Record {sealed.index}, code {sealed.code}, {sealed.to_json()['sealed_at']}.")
            if arguments.receipts:
                write_whole(Path(arguments.receipts) / receipt_name(sealed.index, sealed.code), sealed.receipt.encode())
    return ExitCode.DONE


def selection(arguments: argparse.Namespace) -> "Selection":
    """Return which records the options choose."""
    from evidence_app.services.records.reading import choose

    return choose(
        case_ref=arguments.case or "",
        kind=getattr(arguments, "kind", None) or "",
        first_day=arguments.from_day or "",
        last_day=arguments.to_day or "",
    )


def list_records(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.services.records import saved_views
    from evidence_app.services.records.reading import records_at

    with open_session(arguments, writable=bool(arguments.keep_view)) as session:
        if arguments.views:
            kept = saved_views.all_views(session)
            if arguments.json:
                print_json({"views": {name: view.to_json() for name, view in kept.items()}})
            for name, view in () if arguments.json else kept.items():
                print_result(f"{name}: {', '.join(words for _, words in view.in_words()) or 'everything'}")
            return ExitCode.DONE
        view = _view(arguments, saved_views.find_view(session, arguments.view) if arguments.view else None)
        found = sorted(saved_views.positions(session, view))
        if arguments.keep_view:
            saved_views.keep_view(session, arguments.keep_view, view)
        records = records_at(session, found)
    return say_records(arguments, records)


def _view(arguments: argparse.Namespace, begin: "View | None") -> "View":
    """Return what the options ask for, on top of a view that is kept."""
    from evidence_app.domain.summary.saved_views import read_view

    asked = {
        "text": arguments.words,
        "case": arguments.case or "",
        "person": arguments.person,
        "kind": arguments.kind or "",
        "first_day": arguments.from_day or "",
        "last_day": arguments.to_day or "",
        "thread": arguments.thread_state,
    }
    return read_view(
        (begin.to_json() if begin is not None else {}) | {name: text for name, text in asked.items() if text}
    )


def say_records(arguments: argparse.Namespace, records: "list[SealedRecord]") -> ExitCode:
    """Print records, a line each."""
    from evidence_app.services.records.reading import summary

    if arguments.json:
        print_json({"records": [summary(record) for record in records]})
    else:
        for record in records:
            when = record.event_in_words()
            print_result(f"{record.index:5}  {record.code}  {when:32}  {record.kind.label:22} {record.headline(70)}")
    return ExitCode.DONE


def show(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.services.records import reading

    with open_session(arguments, writable=False) as session:
        shown = reading.show(session, arguments.record)
    if arguments.json:
        print_json(shown.to_json())
    elif arguments.ndelius:
        print_result(shown.ndelius_text or "Only a decision has text for nDelius.")
    else:
        for line in reading.in_plain_text(shown):
            print_result(line)
    return ExitCode.DONE


def search(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.services.records import reading

    with open_session(arguments, writable=False) as session:
        records = reading.search(session, arguments.text)
    print_note(f"{len(records)} found.")
    return say_records(arguments, records)


def receipt(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.services.records.receipt_files import write_receipt

    with open_session(arguments, writable=False) as session:
        code = write_receipt(session, arguments.record, Path(arguments.out))
    if arguments.json:
        print_json({"index": arguments.record, "code": code, "file": arguments.out})
    else:
        print_result(f"Seal receipt of record {arguments.record}, code {code}, written to {arguments.out}.")
    return ExitCode.DONE


def finish(report: "Report", arguments: argparse.Namespace) -> ExitCode:
    """Print a report and return what it says."""
    from evidence_app.proof.verdicts import Verdict

    print_report(report, as_json=arguments.json)
    return ExitCode.DONE if report.verdict is Verdict.VERIFIED else ExitCode.BAD_NEWS


def verify(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.services.safekeeping.verifying import verify_file

    return finish(verify_file(Path(arguments.file)), arguments)


def check(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.proof.verdicts import Report
    from evidence_app.services.safekeeping.checking import check_store

    try:
        with open_session(arguments, writable=False) as session:
            report = check_store(session)
    except StoreDamaged as error:
        report = Report()
        report.add("store", False, error.sentence)
    return finish(report, arguments)


def say_done(arguments: argparse.Namespace, sentence: str) -> ExitCode:
    """Say what was done."""
    if arguments.json:
        print_json({"done": sentence})
    else:
        print_result(sentence)
    return ExitCode.DONE


def demo(arguments: argparse.Namespace) -> ExitCode:
    from evidence_app.demo.make import build_demo

    made = build_demo(Path(arguments.out), print_note, with_rep=arguments.rep)
    if arguments.json:
        print_json(made.to_json())
    else:
        for line in made.in_words():
            print_result(line)
    return ExitCode.DONE if made.verified else ExitCode.BAD_NEWS
