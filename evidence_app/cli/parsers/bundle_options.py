"""What the verbs about bundles take."""

import argparse

from evidence_app.cli.options import position
from evidence_app.cli.parsers.exchange_options import MakeVerb

PLAN_ACTIONS = (
    "list",
    "show",
    "new",
    "keep",
    "cover",
    "story",
    "statement",
    "late",
    "remove",
    "list-documents",
    "move",
    "title",
    "date",
    "pages",
    "looked-through",
    "core",
    "parts",
    "mark",
    "leave-out",
    "withhold",
    "show-page",
)
"""What `plan` does."""
PAPERS = ("index", "chronology", "issues", "schedule", "statement")
"""The papers beside a bundle."""


def add_bundle_verbs(verb: MakeVerb) -> None:
    """Add the parsers of bundle, plan, review, profiles, key-sheet and register."""
    bundle = verb("bundle", "export records as one PDF that anyone can check")
    who = bundle.add_mutually_exclusive_group(required=True)
    _add_profile(who)
    who.add_argument("--plan", metavar="PLAN", help="a plan: a JSON file, or the name of one that is kept")
    bundle.add_argument("--out", metavar="FILE", required=True)
    _add_for_receivers(bundle)
    bundle.add_argument("--replace", action="store_true", help="write over a file of that name")
    bundle.add_argument("--section-alone", metavar="FILE", help="write the plan's last late section by itself too")
    _add_looked_through(bundle)
    bundle.add_argument("--dividers", metavar="FILE", help="write sheets to be put between the sections on paper")
    bundle.add_argument("--core", metavar="FILE", help="write the core bundle of the plan too")
    bundle.add_argument(
        "--volumes", type=position, metavar="MB", help="write volumes of at most so many megabytes beside it: 36 or 150"
    )
    bundle.add_argument(
        "--extract",
        action="append",
        default=[],
        metavar="N/P",
        help="for a rep's union-collective: the words of position P of hand-over N",
    )
    bundle.add_argument(
        "--known",
        type=position,
        action="append",
        default=[],
        metavar="N",
        help="for a hand-over (--for NAME --out FILE.age): the size at which they know your log",
    )
    _add_bundle_choice(bundle)
    _add_cover(bundle)
    changed = verb(
        "changes", "what a version of a bundle has that an earlier one has not, page by page; needs no store"
    )
    changed.add_argument("old", metavar="OLD")
    changed.add_argument("new", metavar="NEW")
    _paper_verb(verb("paper", "index, chronology, list of issues, Scott schedule or statement, as Word or CSV"))
    _plan_verb(verb("plan", "plans of bundles: list, show, begin, change, add what came late"))
    _review_verb(verb("review", "what identifies somebody in a bundle, or may, each in its sentence"))
    profiles = verb("profiles", "who bundles are for: list, show, copy, add one of your own, remove")
    profiles.add_argument("action", choices=("list", "show", "copy", "add", "remove"))
    profiles.add_argument("name", metavar="NAME", nargs="?", default="", help="a profile; for add a JSON file")
    profiles.add_argument("new_name", metavar="NEW", nargs="?", default="", help="for copy: the name of the copy")
    profiles.add_argument("--out", metavar="FILE", help="write the profile to a JSON file, to be changed")
    key = verb("key-sheet", "the key to the pseudonyms of the export in record N, as a sheet that stays at work")
    key.add_argument("record", metavar="N", type=position)
    key.add_argument("--out", metavar="FILE", required=True)
    register = verb("register", "what was exported and printed; with --printed seal that something was")
    register.add_argument(
        "--pages", default="", metavar="WHICH", help="which pages were printed, such as 1-3, 7; else all"
    )
    register.add_argument("--printed", metavar="WHAT", help="the number of an export's record, or words that say what")
    register.add_argument("--kept-at", default="", metavar="WHERE", help="where the paper is kept")
    register.add_argument("--copies", type=position, default=1, metavar="N")


def _add_looked_through(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--looked-through",
        action="append",
        default=[],
        metavar="DOCUMENT",
        help="somebody looked through this file for this bundle: a part of its name, or “all”",
    )


def _paper_verb(paper: argparse.ArgumentParser) -> None:
    paper.add_argument("paper", choices=PAPERS, metavar="KIND", help=", ".join(PAPERS))
    which = paper.add_mutually_exclusive_group(required=True)
    _add_profile(which)
    which.add_argument("--plan", metavar="PLAN", help="a plan: a JSON file, or the name of one that is kept")
    paper.add_argument("--out", metavar="FILE", required=True, help="a name that ends in .docx or .csv")
    paper.add_argument("--replace", action="store_true", help="write over a file of that name")
    _add_bundle_choice(paper)
    _add_cover(paper)


def _plan_verb(plan: argparse.ArgumentParser) -> None:
    plan.add_argument("action", choices=PLAN_ACTIONS, metavar="ACTION", help=", ".join(PLAN_ACTIONS))
    plan.add_argument("name", metavar="NAME", nargs="?", default="", help="the plan's name; for keep the JSON file")
    plan.add_argument(
        "document",
        metavar="DOCUMENT",
        nargs="?",
        default="",
        help="its number in list-documents, or a part of its name",
    )
    plan.add_argument(
        "value", metavar="WORDS", nargs="*", help="what is set; for move the document before which it is put, or “end”"
    )
    plan.add_argument("--page", metavar="N", type=position, help="for withhold and show-page: a page of the exhibit")
    plan.add_argument(
        "--area", default="", metavar="L,T,R,B", help="for withhold: left, top, right, bottom in per cent"
    )
    plan.add_argument(
        "--class",
        dest="category",
        default="",
        metavar="CLASS",
        help="for withhold: name, address, health, child, … or other",
    )
    plan.add_argument("--why", default="", metavar="WORDS", help="for withhold: the reason, for the schedule")
    plan.add_argument(
        "--out",
        metavar="FILE",
        help="write the plan to a JSON file, or for story and statement its lines to a text file, to be changed",
    )
    plan.add_argument("--take", metavar="FILE", help="for story and statement: take the lines of a text file in")
    plan.add_argument("--late-title", default="", metavar="TITLE", help="the title of the late section")
    _add_profile(plan)
    _add_bundle_choice(plan)
    _add_cover(plan)


def _review_verb(review: argparse.ArgumentParser) -> None:
    _add_looked_through(review)
    which = review.add_mutually_exclusive_group()
    _add_profile(which)
    which.add_argument("--plan", metavar="PLAN")
    review.add_argument(
        "--withhold",
        action="append",
        default=[],
        metavar="NAME",
        help="whoever has this name is withheld; after semicolons the case, other names and who it is: Name; X000123; victim",
    )
    review.add_argument(
        "--same",
        action="append",
        default=[],
        metavar="WORDS=NAME",
        help="these words mean the same person as a name that is withheld",
    )
    review.add_argument(
        "--looked-at",
        action="append",
        default=[],
        metavar="EXHIBIT:PAGES",
        help="somebody looked at these pages, on which names may have been missed, such as 3:2,5; with --profile or --plan",
    )
    review.add_argument("--keep", action="append", default=[], metavar="WORDS", help="these words may be shown")
    _add_bundle_choice(review)


def _add_for_receivers(bundle: argparse.ArgumentParser) -> None:
    """Add what a bundle gets for whoever checks it: the verifier for browsers, and a time stamp."""
    bundle.add_argument(
        "--with-verifier", action="store_true", help="also write verify.html beside it, which checks it in any browser"
    )
    bundle.add_argument(
        "--time-stamp",
        nargs="?",
        const="",
        metavar="NAME",
        help="ask this authority, or the only one, over the network for a time stamp of the file, and put it into the file",
    )


def _add_profile(parser: "argparse._ActionsContainer") -> None:
    parser.add_argument(
        "--profile",
        default="",
        metavar="P",
        help="who it is for: officer, sfo-review, interview, manager, union-casework, grievance, tribunal, …",
    )


def _add_bundle_choice(parser: argparse.ArgumentParser) -> None:
    """Add the options that bundle, plan and review share."""
    parser.add_argument("--for", dest="recipient", default="", metavar="NAME", help="who it is prepared for")
    parser.add_argument("--title", default="")
    parser.add_argument("--thread", metavar="N", type=position, help="only record N and what is linked with it")
    parser.add_argument(
        "--member", action="append", default=[], metavar="NAME", help="in a rep's store: what this member handed over"
    )
    add_selection(parser)


def _add_cover(parser: argparse.ArgumentParser) -> None:
    """Add what the cover says of the proceedings, and what is asked."""
    for name, what in (
        ("court", "the court, tribunal or panel"),
        ("number", "the case or claim number"),
        ("hearing", "day and place of the hearing, as it is to be printed"),
        ("representative", "who represents whom"),
    ):
        parser.add_argument(f"--{name}", default="", metavar="WORDS", help=f"on the cover: {what}")
    parser.add_argument(
        "--party", action="append", default=[], metavar="NAME", help="on the cover: a party; again for the next"
    )
    parser.add_argument("--large-print", action="store_true", help="pages on A3, with type of 15 points and more")
    parser.add_argument(
        "--picture",
        action="append",
        default=[],
        metavar="WHICH",
        help="a drawing in front: calendar (the year, day by day) or cases (each case on a line); again for both",
    )
    parser.add_argument("--prefix", default="", metavar="C", help="letters before each page number: one to three")
    parser.add_argument("--asks", default="", metavar="WORDS", help="what is asked, below what happened")


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the options that select records by case and day."""
    parser.add_argument("--case", metavar="REF", help="only this case")
    parser.add_argument("--from", dest="from_day", metavar="DAY", help="only what happened on this day or later")
    parser.add_argument("--to", dest="to_day", metavar="DAY", help="only what happened on this day or earlier")
