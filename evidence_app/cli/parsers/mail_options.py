"""What the verbs about mail, threads and settings take."""

from evidence_app.cli.options import days, position
from evidence_app.cli.parsers.exchange_options import MakeVerb


def add_mail_verbs(verb: MakeVerb) -> None:
    """Add the parsers of import, draft, thread, chase and settings."""
    bring = verb("import", "take in .eml, .msg, winmail.dat, mbox, folders of these, and any other file")
    bring.add_argument("file", metavar="FILE", nargs="+")
    bring.add_argument("--seal", action="store_true", help="seal at once what is found; otherwise it is kept as drafts")
    bring.add_argument(
        "--list",
        action="store_true",
        help="list what is found, numbered: when, who, subject, what it fits; keep nothing",
    )
    bring.add_argument("--only", metavar="NUMBERS", help="take in these alone, by their numbers in the list: 1,4-9")
    bring.add_argument(
        "--fitting",
        action="store_true",
        help="take in only what belongs to something held, or names people of the records",
    )
    bring.add_argument(
        "--for",
        dest="message",
        metavar="N",
        type=position,
        help="it belongs to record N: to a message, or to a concern or another record that it is about; matched by hand",
    )
    who = bring.add_mutually_exclusive_group()
    who.add_argument("--sent", action="store_true", help="I sent what nothing shows the sender of")
    who.add_argument("--received", action="store_true", help="I received what nothing shows the sender of")
    bring.add_argument("--dkim-key", metavar="FILE", help="DKIM key records: on each line a DNS name and its record")
    draft = verb("draft", "write the e-mail for record N, for your own mail program to send")
    draft.add_argument("record", metavar="N", type=position)
    draft.add_argument("--out", metavar="FILE", required=True)
    draft.add_argument("--to", action="append", default=[], metavar="ADDRESS")
    draft.add_argument("--cc", action="append", default=[], metavar="ADDRESS")
    draft.add_argument("--template", metavar="FILE", help="a letter of your own instead of resources/letters")
    draft.add_argument("--reply-in", type=days, metavar="DAYS", help="working days to reply in")
    thread = verb("thread", "the ladder of the thread that record N belongs to; without N all threads")
    thread.add_argument("record", metavar="N", nargs="?", type=position)
    thread.add_argument(
        "--out", metavar="FILE.pdf", help="write its few pages, to be printed and kept, instead of showing it"
    )
    thread.add_argument(
        "--kept-at", default="", metavar="WHERE", help="enter it in the print register: where the paper is kept"
    )
    thread.add_argument("--copies", type=position, metavar="N", help="how many copies were printed; otherwise one")
    thread.add_argument("--replace", action="store_true", help="replace a file of that name")
    thread.add_argument(
        "--learning",
        action="store_true",
        help="print what can be told to colleagues: kinds, roles, words of lists, days",
    )
    chase = verb("chase", "what is unanswered, since when, in working days")
    act = chase.add_mutually_exclusive_group()
    act.add_argument("--seal", metavar="ID", help="seal that this reply or mail receipt has not come")
    act.add_argument("--done", metavar="ID", help="seal that this action or review is done")
    act.add_argument("--not-done", metavar="ID", help="seal that this action or review was not done")
    chase.add_argument("--note", default="", help="a note for --done and --not-done")
    settings = verb("settings", "what is set: addresses, people, days, levels; with NAME and VALUEs it is changed")
    settings.add_argument("name", metavar="NAME", nargs="?")
    settings.add_argument("value", metavar="VALUE", nargs="*")
    settings.add_argument("--usual", action="store_true", help="give the setting its usual value again")
