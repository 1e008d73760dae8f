"""What the verbs about a store take."""

import argparse


def add_init(init: argparse.ArgumentParser) -> None:
    """Add the options of making a store."""
    whose = init.add_mutually_exclusive_group()
    whose.add_argument("--rep", action="store_true", help="the store of a union rep, for what members hand over")
    whose.add_argument(
        "--manager",
        action="store_true",
        help="the store of a manager: own records, and what officers hand over to count",
    )
    init.add_argument("--machine", choices=("employer", "other"), default="employer", help="whose machine this is")
    init.add_argument("--owner", default="", metavar="NAME", help="whose store it is")
    init.add_argument(
        "--role", default="", metavar="ROLE", help="of whoever it is; “--role manager” is the same as --manager"
    )
    init.add_argument(
        "--sheet", metavar="FILE", help="also write the recovery sheet, a PDF to print: it holds the code"
    )
