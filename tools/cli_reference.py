"""Generate the list of verbs in docs/cli.md from the argument parser: `python -m tools.cli_reference`, run inside .venv."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from evidence_app.cli.main import build_parser

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
BEGIN = "<!-- Written by `python3 dev.py reference` from here on. -->"
"""The line of docs/cli.md below which everything is generated."""
COMMON = {"help", "json", "store", "passphrase_file", "recovery_code_file"}
"""Destinations of the options that every verb, or every verb that opens a store, has: the page describes them once, above the list."""


def usage_of(action: argparse.Action) -> str:
    """Return an option or argument as it is typed, such as `--out FILE` or `[NAME]`."""
    value = action.metavar or (f"{{{'|'.join(map(str, action.choices))}}}" if action.choices else action.dest.upper())
    value = str(value)
    if not action.option_strings:
        optional = action.nargs in {"?", "*"}
        return f"[{value}]" if optional else value + (" …" if action.nargs == "+" else "")
    flag = action.option_strings[0]
    return flag if action.nargs == 0 else f"{flag} {value}"


def own_actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the options and arguments of a verb without the common ones. argparse has no public list of them."""
    return [action for action in parser._actions if action.dest not in COMMON]


def verb_lines(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the Markdown lines of one verb: heading, usage, description and table of options."""
    actions = own_actions(parser)
    positional = " ".join(usage_of(action) for action in actions if not action.option_strings)
    opens = any(action.dest == "store" for action in parser._actions)
    yield f"### {name}"
    yield ""
    yield f"`evidence-trail {'--store DIR ' if opens else ''}{name}{' ' + positional if positional else ''}`"
    yield ""
    yield f"{str(parser.description)[:1].upper()}{str(parser.description)[1:]}."
    described = [action for action in actions if action.option_strings or action.help or action.choices]
    if described:
        yield ""
        yield "| option | |"
        yield "| --- | --- |"
    for action in described:
        required = "needed" if action.required and action.option_strings else ""
        repeatable = "can be given more than once" if isinstance(action, argparse._AppendAction) else ""
        # chr(92) is a backslash: a bare | would end the table's cell.
        words = "; ".join(part for part in (action.help or "", repeatable, required) if part)
        yield f"| `{usage_of(action).replace('|', chr(92) + '|')}` | {words.replace('|', chr(92) + '|')} |"
    yield ""


def verbs() -> str:
    """Return the list of verbs as Markdown."""
    parser = build_parser()
    subparsers = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    lines: list[str] = []
    for name, verb_parser in subparsers.choices.items():
        lines += verb_lines(name, verb_parser)
    return "\n".join(lines).rstrip() + "\n"


def page(current: str) -> str:
    """Return the page with its list of verbs generated anew.

    Raises:
        SystemExit: the page lacks the line `BEGIN`.
    """
    above, begin, _ = current.partition(BEGIN)
    if not begin:
        raise SystemExit(f"{PAGE.name} has lost the line that says where the list begins.")
    return f"{above}{BEGIN}\n\n{verbs()}"


def main() -> None:
    """Rewrite docs/cli.md."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
