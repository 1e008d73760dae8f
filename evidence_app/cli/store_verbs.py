"""Verbs about a whole store or file: demo, init, verify, verifier and check."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.cli import options
from evidence_app.cli.opening import open_session
from evidence_app.cli.output import finish, print_json, print_note, print_result, say_done
from evidence_app.errors import ExitCode, InputError, StoreDamaged

if TYPE_CHECKING:
    from evidence_app.services.core.session import Session


def demo(arguments: argparse.Namespace) -> ExitCode:
    """Build the invented case, export its audit trail and verify it; exit code 1 if it does not verify."""
    from evidence_app.demo.make import build_demo

    made = build_demo(Path(arguments.out), print_note, with_rep=arguments.rep)
    if arguments.json:
        print_json(made.to_json())
    else:
        for line in made.in_words():
            print_result(line)
    return ExitCode.DONE if made.verified else ExitCode.BAD_NEWS


def init(arguments: argparse.Namespace) -> ExitCode:
    """Create a store and print its recovery code, which cannot be shown again."""
    from evidence_app.domain.record.fields import Holder
    from evidence_app.services.safekeeping.creating import create_store
    from evidence_app.services.safekeeping.keys import passphrase_strength

    folder = options.store_folder(arguments)
    passphrase = options.new_passphrase(getattr(arguments, "passphrase_file", None))
    strength = passphrase_strength(passphrase)
    by_word = not arguments.rep and arguments.role.strip().casefold() == Holder.MANAGER
    made = create_store(
        folder,
        passphrase,
        owner=arguments.owner,
        role="" if by_word else arguments.role,
        machine=arguments.machine,
        holder=Holder.REP if arguments.rep else Holder.MANAGER if arguments.manager or by_word else Holder.OFFICER,
    )
    with made.session as session:
        origin = session.log_key.origin
        write_sheet(session, made.recovery_code, arguments.sheet)
    # zxcvbn scores from 0 to 4; 3 is its "safely unguessable".
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
    """Write the recovery sheet, a PDF, to the file that --sheet names, if any.

    A file that cannot be written is only noted: the code exists already, and the caller must still print it.
    """
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


def verify(arguments: argparse.Namespace) -> ExitCode:
    """Verify a bundle or a seal receipt without a store, or two of them against each other; exit code 1 if something does not hold."""
    from evidence_app.services.safekeeping.verifying import compare_files, extract_signed, verify_file

    path = Path(arguments.file)
    if arguments.other and arguments.extract:
        raise InputError("What was signed is extracted from one file at a time.")
    if arguments.other:
        return finish(compare_files(path, Path(arguments.other)), arguments)
    if arguments.extract:
        report = extract_signed(path, Path(arguments.extract))
        print_note(f"{Path(arguments.extract).name} holds the file as it was signed. This is what it says:")
        return finish(report, arguments)
    return finish(verify_file(path), arguments)


def verifier(arguments: argparse.Namespace) -> ExitCode:
    """Write the verifier for browsers to a file."""
    from evidence_app.services.safekeeping.browser_verifier import write_verifier

    write_verifier(Path(arguments.out), replace=arguments.replace)
    return say_done(arguments, f"The verifier is in {arguments.out}: open it in a browser, and drop a bundle on it.")


def check(arguments: argparse.Namespace) -> ExitCode:
    """Derive every hash of the store again and compare; a damaged store is a report with one failed item, exit code 1."""
    from evidence_app.proof.verdicts import Report
    from evidence_app.services.safekeeping.checking import check_store

    try:
        with open_session(arguments, writable=False) as session:
            report = check_store(session)
    except StoreDamaged as error:
        report = Report()
        report.add("store", False, error.sentence)
    return finish(report, arguments)
