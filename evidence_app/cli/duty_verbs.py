"""Verbs about what a rep owes: dispose, subject-access and facility-time."""

import argparse
from pathlib import Path

from evidence_app.cli.opening import open_session
from evidence_app.cli.output import print_json, print_note, print_result
from evidence_app.cli.record_verbs import selection
from evidence_app.errors import ExitCode, InputError


def dispose(arguments: argparse.Namespace) -> ExitCode:
    """List what is held about a member; with --because remove it and seal that it is gone."""
    from evidence_app.services.duties.disposal import dispose as remove
    from evidence_app.services.duties.disposal import held_about
    from evidence_app.services.duties.subject_access import in_words

    if not arguments.because and (arguments.also or arguments.keep or arguments.note):
        raise InputError("--also, --keep and --note go with --because REASON.")
    with open_session(arguments, writable=bool(arguments.because)) as session:
        held = held_about(session, arguments.name)
        if not arguments.because:
            if arguments.json:
                print_json(held.to_json())
            else:
                for line in in_words(held):
                    print_result(line)
                print_note("Nothing is gone. With “--because REASON” what is about them alone is removed for good.")
            return ExitCode.DONE
        done = remove(session, held, arguments.because, note=arguments.note, also=arguments.also, keep=arguments.keep)
    if arguments.json:
        print_json(done.sealed.to_json() | {"gone": done.count, "remains": list(done.remains)})
    else:
        print_result(done.in_words())
    return ExitCode.DONE


def subject_access(arguments: argparse.Namespace) -> ExitCode:
    """Write everything that is held about a member to one PDF."""
    from evidence_app.services.duties.subject_access import write_subject_access

    with open_session(arguments, writable=True) as session:
        made = write_subject_access(
            session, arguments.name, Path(arguments.out), also=arguments.also, replacing=arguments.replace
        )
    if arguments.json:
        print_json(made.to_json())
    else:
        print_result(made.in_words())
    for warning in made.warnings:
        print_note(warning)
    return ExitCode.DONE


def facility_time(arguments: argparse.Namespace) -> ExitCode:
    """Add up the hours of time off as a rep."""
    from evidence_app.services.duties.facility_time import facility_hours

    with open_session(arguments, writable=False) as session:
        rows = facility_hours(session, selection(arguments))
    if arguments.json:
        print_json({"hours": [row.to_json() for row in rows]})
        return ExitCode.DONE
    for row in rows:
        print_result(row.in_words())
    print_result(f"{sum(row.hours for row in rows):8.2f} h  in all")
    return ExitCode.DONE


def leave(arguments: argparse.Namespace) -> ExitCode:
    """List what goes when an officer leaves; with --receipts write all seal receipts, remove it and seal that it is gone."""
    from evidence_app.services.duties import leaving

    if arguments.note and not arguments.receipts:
        raise InputError("--note goes with --receipts DIR.")
    with open_session(arguments, writable=bool(arguments.receipts)) as session:
        found = leaving.look(session, arguments.also, arguments.keep)
        if not arguments.receipts:
            for line in found.in_words():
                print_result(line)
            print_note(
                "Nothing is gone. Hand back what belongs to the employer first: make a bundle or a backup for them. "
                "With “--receipts DIR” the seal receipts are written there, and what is of clients is removed for good."
            )
            return ExitCode.DONE
        done = leaving.leave(session, found, Path(arguments.receipts), arguments.note)
    if arguments.json:
        print_json(
            done.sealed.to_json() | {"gone": done.count, "receipts": done.receipts, "remains": list(done.remains)}
        )
    else:
        print_result(done.in_words())
    return ExitCode.DONE
