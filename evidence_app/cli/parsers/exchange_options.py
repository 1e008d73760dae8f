"""Parsers of the verbs verify, card, witness, timestamp, handover and members."""

import argparse
from collections.abc import Callable

from evidence_app.cli.options import position
from evidence_app.domain.record.vocabularies import COMPARED, DISPOSAL_REASONS

MakeVerb = Callable[[str, str], argparse.ArgumentParser]
"""Adds a verb, by name and help text, and returns its parser."""

COMPARE = "compare the store with another copy of it, such as a synchronised folder leaves"
VERIFY = "verify a bundle or a seal receipt, or two against each other, without a store"


def add_verify_options(verify: argparse.ArgumentParser) -> None:
    """Add what verify takes."""
    verify.add_argument("file", metavar="FILE")
    verify.add_argument(
        "other", metavar="OTHER", nargs="?", help="a second bundle or receipt: does its log go on from the first one's?"
    )
    verify.add_argument(
        "--extract",
        metavar="OUT",
        help="write the file as it was signed, without what was added to it later, and verify that",
    )


def add_compare_options(compare: argparse.ArgumentParser) -> None:
    """Add what compare takes."""
    compare.add_argument("other", metavar="DIR", help="the folder of the other copy; nothing in it is changed")
    compare.add_argument(
        "--keep", action="store_true", help="keep what only the other copy has as drafts of this store"
    )


LOG = "the log as files that other tools audit: tiles (C2SP tlog-tiles), or all seal receipts; no word of any record"
"""Help of the verb log."""


def add_log_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the verb log."""
    parser.add_argument("action", choices=("export",))
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--tiles", metavar="DIR", help="a new folder, or that of an earlier export, which goes on")
    what.add_argument("--receipts", metavar="DIR", help="a new folder")


def add_exchange_verbs(verb: MakeVerb) -> None:
    """Add the parsers of card, witness, timestamp, handover and members."""
    card = verb("card", "your card with your keys, for others; or take in the cards of others")
    what = card.add_mutually_exclusive_group()
    what.add_argument("--out", metavar="FILE", help="write your card to a file")
    what.add_argument("--look", metavar="FILE", help="show the card in a file, and the words to compare")
    what.add_argument("--take", metavar="FILE", help="take in the card in a file")
    what.add_argument("--list", dest="listing", action="store_true", help="list the cards that were taken in")
    card.add_argument(
        "--compared",
        choices=COMPARED,
        default=COMPARED[0],
        help="for --take: how you compared the words with what the card's owner read out",
    )
    _add_witness(verb)
    _add_timestamp(verb)
    handover = verb("handover", "take in what a member handed over, or the receipt that came back for it")
    handover.add_argument("action", choices=("take", "list", "show", "receipt", "records", "archive"))
    handover.add_argument(
        "what", metavar="FILE|N", nargs="?", default="", help="for take the file; for show and receipt the record"
    )
    handover.add_argument(
        "--new-log", action="store_true", help="for take: it takes the place of another log of theirs"
    )
    handover.add_argument("--position", type=position, metavar="P", help="for show: one record of it")
    handover.add_argument(
        "--out",
        metavar="FILE",
        help="for show: where what was handed over is written, as it came; for receipt: where it is written, else it is printed",
    )
    handover.add_argument(
        "--ocfl", metavar="ROOT", help="for archive: the folder that keeps all hand-overs as age files (OCFL 1.1)"
    )
    handover.add_argument(
        "--recipient", action="append", default=[], metavar="AGE1…", help="for archive: who can open it besides you"
    )
    handover.add_argument("--member", default="", metavar="NAME", help="for records: only those of this member")
    handover.add_argument("--words", default="", metavar="TEXT", help="for records: only those with these words")
    handover.add_argument("--kind", default="", help="for records: only those of this kind")
    _add_duties(verb)
    corroborate = verb(
        "corroborate", "seal that records of several members are of the same thing, each in a log of its own"
    )
    corroborate.add_argument(
        "records", metavar="H/N", nargs="+", help="records that were handed over, such as 7/12 8/3"
    )
    corroborate.add_argument("--what", required=True, metavar="WORDS", help="what they recorded, without a name")
    members = verb("members", "the members whom you support; with NAME one of them, with all that you hold")
    members.add_argument("name", metavar="NAME", nargs="?", default="")


def _add_timestamp(verb: MakeVerb) -> None:
    """Add the parser of timestamp."""
    stamp = verb(
        "timestamp",
        "RFC 3161 time stamps of the log's head or of a bundle's file, by file or, if switched on, over the network",
    )
    stamp.add_argument("action", choices=("authority", "request", "send", "take", "list"))
    stamp.add_argument("file", metavar="FILE", nargs="?", default="", help="for take: the authority's answer")
    stamp.add_argument("--of", default="", metavar="NAME", help="the authority")
    stamp.add_argument(
        "--certificates", metavar="FILE", help="for authority: its certificates in PEM, the root among them"
    )
    stamp.add_argument("--address", default="", metavar="URL", help="for authority: where it answers over HTTP")
    stamp.add_argument("--out", metavar="FILE", help="for request: where it is written")
    stamp.add_argument(
        "--bundle",
        metavar="PDF",
        help="for request and send: the bundle that is to be stamped, into its file; for take: where it is, if it was moved",
    )
    stamp.add_argument(
        "--crl",
        action="append",
        default=[],
        metavar="FILE",
        help="for request with --bundle: a list of revoked certificates of the authority, which goes into the file",
    )


def _add_witness(verb: MakeVerb) -> None:
    """Add the parser of witness."""
    witness = verb("witness", "have the log countersigned by somebody who sees no content, or countersign for somebody")
    witness.add_argument("action", choices=("request", "answer", "take", "list", "trust", "send", "log-key"))
    witness.add_argument(
        "what",
        metavar="FILE|VKEY|URL",
        nargs="?",
        default="",
        help="for answer and take the file, - for standard input; for trust the key of a C2SP witness, or a file with it; for send its name or address",
    )
    witness.add_argument("--name", default="", metavar="NAME", help="for trust: what you call that witness")
    witness.add_argument("--address", default="", metavar="URL", help="for trust: where it answers over HTTP")
    witness.add_argument(
        "--union", action="store_true", help="for trust: it is a union's, and stays out of bundles for the employer"
    )
    witness.add_argument(
        "--of", default="", metavar="NAME", help="for request: the witness, by the name on the card or that you gave it"
    )
    witness.add_argument("--from", dest="start", type=position, metavar="N", help="for request: the size to begin at")
    witness.add_argument("--out", metavar="FILE", help="where the request or the answer is written; else it is printed")


def _add_duties(verb: MakeVerb) -> None:
    """Add the parsers of dispose, subject-access and facility-time."""
    gone = verb("dispose", "what is held about a member; with --because it is removed for good, and that is sealed")
    gone.add_argument("name", metavar="NAME")
    gone.add_argument(
        "--because", choices=DISPOSAL_REASONS, default="", metavar="REASON", help="; ".join(DISPOSAL_REASONS)
    )
    gone.add_argument("--note", default="", metavar="WORDS", help="for the record that remains; it must name nobody")
    gone.add_argument(
        "--also",
        type=position,
        action="append",
        default=[],
        metavar="N",
        help="record N too, which names them among others",
    )
    gone.add_argument("--keep", type=position, action="append", default=[], metavar="N", help="record N stays")
    access = verb("subject-access", "everything that is held about a member as one PDF, for the member")
    access.add_argument("name", metavar="NAME")
    access.add_argument("--out", metavar="FILE", required=True)
    access.add_argument("--replace", action="store_true", help="write over a file of that name")
    access.add_argument(
        "--also",
        type=position,
        action="append",
        default=[],
        metavar="N",
        help="record N too, which names them among others",
    )
    time = verb("facility-time", "hours of time off as a rep, by what they were for and whether they were paid")
    time.add_argument("--from", dest="from_day", metavar="DAY", help="only on this day or later")
    time.add_argument("--to", dest="to_day", metavar="DAY", help="only on this day or earlier")
    time.set_defaults(case=None)
