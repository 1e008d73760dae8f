"""Write the list of verbs in docs/cli.md from the parser itself: `python3 dev.py reference`. A test compares the two."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from evidence_app.cli.main import build_parser

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
BEGIN = "<!-- Written by `python3 dev.py reference` from here on. -->"
COMMON = {"help", "json", "store", "passphrase_file", "recovery_code_file"}
"""Options of every verb, or of every verb that opens a store: described once, above the list."""


def spelling(action: argparse.Action) -> str:
    """Return an option or argument as it is typed."""
    value = action.metavar or (f"{{{'|'.join(map(str, action.choices))}}}" if action.choices else action.dest.upper())
    value = str(value)
    if not action.option_strings:
        optional = action.nargs in {"?", "*"}
        return f"[{value}]" if optional else value + (" …" if action.nargs == "+" else "")
    flag = action.option_strings[0]
    return flag if action.nargs == 0 else f"{flag} {value}"


def own_actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return what only this verb takes."""
    return [action for action in parser._actions if action.dest not in COMMON]


def verb_lines(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines of one verb."""
    actions = own_actions(parser)
    placed = " ".join(spelling(action) for action in actions if not action.option_strings)
    opens = any(action.dest == "store" for action in parser._actions)
    yield f"### {name}"
    yield ""
    yield f"`evidence-trail {'--store DIR ' if opens else ''}{name}{' ' + placed if placed else ''}`"
    yield ""
    yield f"{str(parser.description)[:1].upper()}{str(parser.description)[1:]}."
    told = [action for action in actions if action.option_strings or action.help or action.choices]
    if told:
        yield ""
        yield "| option | |"
        yield "| --- | --- |"
    for action in told:
        needed = "needed" if action.required and action.option_strings else ""
        often = "can be given more than once" if isinstance(action, argparse._AppendAction) else ""
        words = "; ".join(part for part in (action.help or "", often, needed) if part)
        yield f"| `{spelling(action).replace('|', chr(92) + '|')}` | {words.replace('|', chr(92) + '|')} |"
    yield ""


def verbs() -> str:
    """Return the list of verbs as Markdown."""
    parser = build_parser()
    subparsers = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    lines = [line for name, each in subparsers.choices.items() for line in verb_lines(name, each)]
    return "\n".join(lines).rstrip() + "\n"


def page(current: str) -> str:
    """Return the page with the list as the parser has it."""
    head, mark, _ = current.partition(BEGIN)
    if not mark:
        raise SystemExit(f"{PAGE.name} has lost the line that says where the list begins.")
    return f"{head}{BEGIN}\n\n{verbs()}"


def main() -> None:
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
