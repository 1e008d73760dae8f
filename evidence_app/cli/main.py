"""The command line: parse it, run one verb, and turn every error into one sentence and an exit code (docs/cli.md)."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NoReturn

from evidence_app import VERSION
from evidence_app.cli.options import STORE_VARIABLE, Parser, position, shared, unlocking
from evidence_app.cli.parsers.bundle_options import add_bundle_verbs, add_selection
from evidence_app.cli.parsers.exchange_options import (
    COMPARE,
    LOG,
    VERIFY,
    add_compare_options,
    add_exchange_verbs,
    add_log_options,
    add_verify_options,
)
from evidence_app.cli.parsers.mail_options import add_mail_verbs
from evidence_app.cli.parsers.store_options import add_init
from evidence_app.domain.record.vocabularies import CASE_OUTCOMES
from evidence_app.errors import EvidenceError, ExitCode, InputError

if TYPE_CHECKING:
    Verb = Callable[[argparse.Namespace], ExitCode]
    MakeVerb = Callable[[str, str], argparse.ArgumentParser]


class _NotAsked(argparse.ArgumentParser):
    """Takes what is added to the parser of a verb that was not asked for, and does nothing: to make the parsers of all verbs takes time at every start."""

    def __init__(self) -> None:
        """Make nothing."""

    def __getattribute__(self, _name: str) -> Any:
        return lambda *_, **__: self


def build_parser(words: Sequence[str] = ()) -> Parser:
    """Return the parser of the command line: of all verbs, or only of those that are among `words`, if any is."""
    asked = frozenset(words) & {*VERBS, LOOK}
    parser = Parser(
        prog="evidence-trail",
        description="A tamper-evident evidence trail. Without a verb it opens the window.",
        parents=[shared(), unlocking()],
    )
    parser.add_argument("--version", action="version", version=f"evidence-trail {VERSION}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser)

    def verb(name: str, help_text: str, *, opens: bool = True) -> argparse.ArgumentParser:
        if asked and name not in asked:
            return _NotAsked()
        return verbs.add_parser(
            name, help=help_text, description=help_text, parents=[shared(), *([unlocking()] * opens)]
        )

    demo = verb("demo", "build the invented case of two years, export its audit trails and verify them", opens=False)
    demo.add_argument("--out", metavar="DIR", required=True)
    demo.add_argument("--rep", action="store_true", help="also the rep's store, and what is handed over to it")
    add_init(verb("init", "make a store and print its recovery code once"))
    kinds = verb("kinds", "the kinds of record; with --json their JSON Schemas", opens=False)
    kinds.add_argument("--rep", action="store_true", help="those that a union rep writes")
    _record_verbs(verb)
    add_mail_verbs(verb)
    add_bundle_verbs(verb)
    add_exchange_verbs(verb)
    add_verify_options(verb("verify", VERIFY, opens=False))
    _file_verbs(lambda name, help_text: verb(name, help_text, opens=False))
    _word_verb(verb)
    verb("check", "re-derive every hash of the store and compare")
    add_log_options(verb("log", LOG))
    backup = verb("backup", "copy the store into a new folder on another drive, and try the copy")
    what = backup.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", metavar="DIR", help="make a backup in a new folder there")
    what.add_argument("--try", dest="trial", metavar="DIR", help="try a backup: read, open and check all of it")
    restore = verb("restore", "make a store of a backup, in a folder that is empty or not there yet")
    restore.add_argument("backup", metavar="DIR", help="the backup's folder")
    restore.add_argument("--why", default="", metavar="WORDS", help="why; it is sealed with the restore")
    rescue = verb("rescue", "make a new store of what can be read in a damaged one, which is not touched")
    rescue.add_argument("damaged", metavar="DIR", help="the damaged store's folder")
    rescue.add_argument("--why", default="", metavar="WORDS", help="why; it is sealed with the rescue")
    add_compare_options(verb("compare", COMPARE))
    keys = verb("keys", "change how the store is opened")
    keys.add_argument("action", choices=("list", "passphrase", "recovery-code", "remove", "restore-header"))
    keys.add_argument("--new-passphrase-file", metavar="FILE")
    keys.add_argument("--slot", type=position, metavar="N")
    keys.add_argument(
        "--sheet", metavar="FILE", help="for recovery-code: also write the recovery sheet, a PDF to print"
    )
    return parser


def _file_verbs(verb: "MakeVerb") -> None:
    """Add the verbs that read or write one file, without a store."""
    look = verb(LOOK, "verify a file in a window of its own, as a double click does")
    look.add_argument("file", metavar="FILE", help="a bundle, a seal receipt or a time stamp")
    verifier = verb("verifier", "the verifier as one HTML file, for browsers without this program")
    verifier.add_argument("--out", metavar="FILE", required=True)
    verifier.add_argument("--replace", action="store_true", help="write over a file of that name")
    update = verb(
        "update",
        "check an update file: whose it is and what it changes; with --out also write its packages",
    )
    update.add_argument("file", metavar="FILE", help="what was handed to you as evidence-trail-….update")
    update.add_argument("--out", metavar="DIR", help="write the packages into this folder; nothing is started")
    update.add_argument(
        "--key", metavar="VKEY", help="trust this release key instead of those the program was built with"
    )


def _word_verb(verb: "MakeVerb") -> None:
    """Add the verb for lists of words."""
    words = verb("words", "lists of words to choose from: print them, or sign, look at and take in changes to them")
    words.add_argument("action", choices=("list", "sign", "look", "take"))
    words.add_argument(
        "file", metavar="FILE", nargs="?", help="list: the name of one list; sign: lines of changes; else a signed list"
    )
    words.add_argument("--on", metavar="DAY", help="list: which words are in use on that day")
    words.add_argument(
        "--title", default="Changes to word lists", metavar="WORDS", help="sign: what the list is called"
    )
    words.add_argument("--out", metavar="FILE", help="sign: where the signed list is written")


def _work_verbs(verb: "MakeVerb") -> None:
    """Add the verbs about the work itself."""
    add_selection(verb("allocations", "the ledger of allocations: when, by whom, how, with or without papers, my load"))
    scale = verb("scale", "how many cases changed from what to what, on what sort of instruction, without a name")
    add_selection(scale)
    scale.add_argument("--out", metavar="FILE", help="write the sheet as a PDF, to hand upwards")
    scale.add_argument("--replace", action="store_true", help="write over a file of that name")
    policies = verb("policies", "the register of policies and briefings, and what was told or decided under each")
    policies.add_argument("--on", metavar="DAY", help="those that were in force on that day")
    agenda = verb("agenda", "the agenda for the next meeting: what is open, how often it was raised and since when")
    agenda.add_argument("--out", metavar="FILE", help="write it to a file, as text")
    agenda.add_argument(
        "--supervision", action="store_true", help="with your own matters: for a talk with your manager"
    )
    agreement = verb("agreement", "the sheet of a client agreement: a page to print, with lines to sign")
    agreement.add_argument("record", metavar="N", type=position)
    agreement.add_argument("--out", metavar="FILE", required=True, help="the PDF; it holds the terms in clear")
    agreement.add_argument("--replace", action="store_true", help="write over a file of that name")
    leave = verb("leave", "an officer leaves: what is of clients goes; proofs, receipts and what is your own stay")
    leave.add_argument("--receipts", metavar="DIR", help="do it: a new folder for the seal receipts of all records")
    leave.add_argument(
        "--note", default="", metavar="WORDS", help="to whom it was handed back; without a name of a client"
    )
    leave.add_argument("--also", metavar="N", type=position, nargs="+", default=[], help="records that go too")
    leave.add_argument("--keep", metavar="N", type=position, nargs="+", default=[], help="records that stay")
    holds = verb("holds", "what must not be destroyed, and for which incident; --lift seals that one hold is over")
    holds.add_argument("--lift", metavar="N", type=position, help="the record that set the hold")
    holds.add_argument("--why", default="", metavar="WORDS", help="why it is lifted, and who said so")
    holdings = verb("holdings", "what is held for an inquiry: dates and kinds, without what the records say")
    holdings.add_argument("--incident", metavar="N", type=position, help="of this incident and its cases")
    holdings.add_argument("--words", default="", metavar="WORDS", help="records and files with these words")
    holdings.add_argument("--case", default="", metavar="REF", help="of this case")
    holdings.add_argument("--out", metavar="FILE", help="write the list to a file, as text")


def _under_verb(verb: "MakeVerb") -> None:
    """Add the verb for the cases that one record covers."""
    under = verb(
        "under", "the cases that one record covers, and what became of each; with --became it is said and sealed"
    )
    under.add_argument(
        "record", metavar="N", type=position, help="the instruction, decision or concern that covers cases"
    )
    under.add_argument("--became", choices=CASE_OUTCOMES, help="what became of the cases that --case and --rest name")
    under.add_argument("--case", action="append", default=[], metavar="REF", help="of this case; may be repeated")
    under.add_argument("--rest", action="store_true", help="of all cases of which nothing was said yet")
    under.add_argument("--from", dest="changed_from", metavar="WORDS", help="what was changed")
    under.add_argument("--to", dest="changed_to", metavar="WORDS", help="what it was changed to")
    under.add_argument("--why", metavar="WORDS", help="why, or why not")


def _record_verbs(verb: "MakeVerb") -> None:
    """Add the parsers of seal, list, show, search, drafts, cases, workload, calendar, people and receipt."""
    seal = verb("seal", "seal the record or records in a JSON file")
    seal.add_argument("file", metavar="FILE", help="one object, or JSON Lines; - for standard input")
    seal.add_argument("--receipts", metavar="DIR", help="also write each seal receipt into DIR")
    listing = verb("list", "list the records")
    listing.add_argument("--kind")
    listing.add_argument("--words", default="", metavar="TEXT", help="only records that hold these words")
    listing.add_argument("--person", default="", metavar="NAME", help="only records that name this person")
    listing.add_argument(
        "--thread-state",
        default="",
        metavar="STATE",
        help="waiting, overdue, silent (something was never answered) or answered",
    )
    listing.add_argument(
        "--order",
        default="",
        metavar="ORDER",
        help="latest, earliest (by when it happened) or sealed (last sealed first); without it in the order of sealing",
    )
    listing.add_argument("--view", metavar="NAME", help="a view that is kept; the other options narrow it")
    listing.add_argument("--keep-view", metavar="NAME", help="keep what these options ask for under a name")
    listing.add_argument("--views", action="store_true", help="list the views that are kept")
    add_selection(listing)
    show = verb("show", "show one record")
    show.add_argument("record", metavar="N", type=position)
    show.add_argument("--ndelius", action="store_true", help="only the text to paste into nDelius")
    search = verb("search", "find records by their words")
    search.add_argument("text", metavar="TEXT")
    search.add_argument("--quick", action="store_true", help="without reading attached files that were not read yet")
    drafts = verb("drafts", "what is begun and not sealed; with --deleted what can still be brought back")
    which = drafts.add_mutually_exclusive_group()
    which.add_argument(
        "--seal", metavar="N", nargs="+", help="seal drafts as they are: by their numbers in the list, or by their ID"
    )
    which.add_argument("--deleted", action="store_true", help="the drafts deleted in the last week")
    which.add_argument("--delete", metavar="ID", help="delete a draft; it can be brought back for a week")
    which.add_argument("--bring-back", metavar="ID", help="make a deleted draft a draft again")
    _under_verb(verb)
    _work_verbs(verb)
    cases = verb("cases", "the cases in the records; with REF one of them: who was there when, and its records")
    cases.add_argument("ref", metavar="REF", nargs="?")
    verb("workload", "the workload snapshots over time, and what fell due in the same week")
    calendar = verb("calendar", "what happened when, month by month, with the silences: the year that the window draws")
    calendar.add_argument("--case", metavar="REF", help="only this case")
    calendar.add_argument("--from", dest="from_day", metavar="DAY", help="only what was on this day or later")
    calendar.add_argument("--to", dest="to_day", metavar="DAY", help="only what was on this day or earlier")
    people = verb("people", "the people in the records; with NAME one of them: roles over time, cases, records")
    people.add_argument("name", metavar="NAME", nargs="?")
    receipt = verb("receipt", "write a record's seal receipt")
    receipt.add_argument("record", metavar="N", type=position)
    receipt.add_argument("--out", metavar="FILE", required=True)


VERBS: Final = MappingProxyType(
    {
        "demo": "store_verbs.demo",
        "init": "store_verbs.init",
        "kinds": "record_verbs.kinds",
        "seal": "record_verbs.seal",
        "list": "record_verbs.list_records",
        "show": "record_verbs.show",
        "search": "record_verbs.search",
        "receipt": "record_verbs.receipt",
        "drafts": "draft_verbs.drafts",
        "under": "directory_verbs.under",
        "allocations": "work_verbs.allocations",
        "policies": "work_verbs.policies",
        "scale": "work_verbs.scale",
        "agenda": "work_verbs.agenda",
        "agreement": "work_verbs.agreement",
        "leave": "duty_verbs.leave",
        "holds": "work_verbs.holds",
        "holdings": "work_verbs.holdings",
        "cases": "directory_verbs.cases",
        "people": "directory_verbs.people",
        "workload": "directory_verbs.workload",
        "calendar": "directory_verbs.calendar",
        "bundle": "bundle_verbs.bundle",
        "plan": "bundle_verbs.plan",
        "review": "bundle_verbs.review",
        "profiles": "bundle_verbs.profiles",
        "key-sheet": "bundle_verbs.key_sheet",
        "register": "bundle_verbs.register",
        "verify": "store_verbs.verify",
        "verifier": "store_verbs.verifier",
        "update": "update_verbs.update",
        "words": "word_verbs.words",
        "check": "store_verbs.check",
        "log": "safekeeping_verbs.log",
        "import": "mail_verbs.bring_in",
        "draft": "mail_verbs.draft",
        "thread": "mail_verbs.thread",
        "paper": "paper_verbs.paper",
        "changes": "paper_verbs.changes",
        "chase": "mail_verbs.chase",
        "settings": "mail_verbs.settings",
        "backup": "safekeeping_verbs.backup",
        "restore": "safekeeping_verbs.restore",
        "rescue": "safekeeping_verbs.rescue",
        "compare": "safekeeping_verbs.compare",
        "keys": "safekeeping_verbs.keys",
        "card": "exchange_verbs.card",
        "witness": "exchange_verbs.witness",
        "handover": "rep_verbs.handover",
        "members": "rep_verbs.members",
        "corroborate": "rep_verbs.corroborate",
        "dispose": "duty_verbs.dispose",
        "subject-access": "duty_verbs.subject_access",
        "facility-time": "duty_verbs.facility_time",
        "timestamp": "time_stamp_verbs.timestamp",
    }
)
"""The function of each verb, with its module in this package."""


def find_verb(name: str) -> "Verb":
    """Return the function of a verb. Its module is loaded only here, so that --help stays quick, and a verb loads no other's."""
    module, _, function = VERBS[name].partition(".")
    verb: Verb = getattr(import_module(f"evidence_app.cli.{module}"), function)
    return verb


NO_ERROR_REPORTING: Final = 0x0001 | 0x0002 | 0x8000
"""SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX and SEM_NOOPENFILEERRORBOX (winbase.h)."""
LOOK: Final = "look"
"""The verb that opens a window of its own; it is in no module of verbs."""
OpenWindow = Callable[[Path | None], ExitCode]
"""Opens the desktop program, with the store in a folder if one is named. It is passed in, since cli may not import desktop."""
ShowFile = Callable[[Path], ExitCode]
"""Verifies a file in a window of its own."""


def main(words: Sequence[str], open_window: OpenWindow | None = None, show_file: ShowFile | None = None) -> ExitCode:
    """Run one command, given without the program's name, and return its exit code. Without a verb open the window."""
    try:
        arguments = build_parser(words).parse_args(words)
        arguments.json = getattr(arguments, "json", False)
        if arguments.verb is None:
            return _open_window(open_window, arguments)
        if arguments.verb == LOOK:
            return _look(show_file, arguments)
        return find_verb(arguments.verb)(arguments)
    except EvidenceError as error:
        _print_error(error.sentence)
        return error.exit_code
    except KeyboardInterrupt:
        _print_error("Cancelled.")
        return ExitCode.CANCELLED
    except BrokenPipeError:
        # The reader of the pipe has gone. Python flushes standard output at exit, so it must go somewhere that still accepts it.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.ENVIRONMENT
    except MemoryError:
        _print_error("There is not enough memory for this. Nothing was changed.")
        return ExitCode.ENVIRONMENT
    except OSError as error:
        from evidence_app.files import reason

        _print_error(f"The system refused: {reason(error)}.")
        return ExitCode.ENVIRONMENT
    except Exception as error:  # noqa: BLE001 - the one place where a bug ends
        from evidence_app.bug_log import log_bug

        where = log_bug(error)
        _print_error(
            f"This is a fault in the program ({type(error).__name__}). Its place is noted in {where}, without content."
        )
        return ExitCode.BUG


def _open_window(open_window: OpenWindow | None, arguments: argparse.Namespace) -> ExitCode:
    if open_window is None:
        raise InputError("Which verb? “evidence-trail --help” shows them.")
    named = getattr(arguments, "store", None) or os.environ.get(STORE_VARIABLE)
    return open_window(Path(named) if named else None)


def _look(show_file: ShowFile | None, arguments: argparse.Namespace) -> ExitCode:
    if show_file is None:
        raise InputError("It opens a window: “evidence-trail verify FILE” says the same in a terminal.")
    return show_file(Path(arguments.file))


def _print_error(sentence: str) -> None:
    """Print the sentence of an error to standard error, on one line."""
    with contextlib.suppress(OSError):
        # A sentence may quote what was typed or a file's name: it stays one line, without control characters.
        shown = "".join(character if character.isprintable() else "\ufffd" for character in sentence)
        sys.stderr.write(f"evidence-trail: {shown}\n")


def run(open_window: OpenWindow, show_file: ShowFile) -> NoReturn:
    """Run the program as a command and exit with its code."""
    _forbid_core_dumps()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    raise SystemExit(int(main(sys.argv[1:], open_window, show_file)))


def _forbid_core_dumps() -> None:
    """Forbid core dumps where the system allows it: one would put keys and records on the disk."""
    if sys.platform == "win32":
        import ctypes

        # Windows Error Reporting, which writes dumps, is not called for a process of this mode.
        ctypes.windll.kernel32.SetErrorMode(NO_ERROR_REPORTING)
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
