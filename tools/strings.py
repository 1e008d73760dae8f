"""Extract the window's texts into its translation catalogues: `python3 dev.py strings`.

Each catalogue is a Qt translation source file (.ts), which Qt Linguist and translation services open; PySide6's `lrelease`
compiles it to the .qm file that the program loads. Existing translations are kept; texts that are no longer used are dropped.
"""

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence_app.desktop.casework.thread_standing import ThreadStanding
from evidence_app.desktop.system.language import CONTEXT, ENGLISH, LANGUAGES
from evidence_app.domain.people.directory import NO_ROLE
from evidence_app.domain.plan.profile_files import PART_TITLES
from evidence_app.domain.plan.profile_meanings import MEANINGS
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.record.fields import Field
from evidence_app.domain.record.kinds import KINDS, WORKLOAD, fields_of
from evidence_app.domain.record.rep_kinds import GET_ADVICE
from evidence_app.domain.record.unsaid import EXPECTED
from evidence_app.domain.record.vocabularies import PRECISIONS, RELATION_PHRASES, RELATIONS, RESPONSE_EFFECTS
from evidence_app.domain.settings import SETTINGS
from evidence_app.domain.summary.saved_views import ORDERS, STATES
from evidence_app.domain.thread.due_items import REVIEW_WORDS
from evidence_app.domain.thread.late_matches import LATE_WORDS
from evidence_app.domain.thread.mail_forms import FORM_WORDS
from evidence_app.domain.thread.next_steps import MOVES
from evidence_app.domain.thread.receipt_grades import (
    AUTOMATIC_CAVEAT,
    DRAFT_CAVEAT,
    GRADES,
    MATCH_SENTENCES,
    QUOTED_HEAD_WORDS,
    SENT_COPY_CAVEAT,
)
from evidence_app.domain.thread.steps import DELIVERY_WORDS, NOTHING_STATED
from evidence_app.mail.matching import EXACT
from evidence_app.services.bundles.printing import SIDES
from evidence_app.services.mail.conversations import BY_HAND, PROBABLE
from evidence_app.services.mail.drafting import TIPS
from evidence_app.services.mail.mail_entries import NAMES_DRAFT, NO_TIME, RECEIVED_WORDS, SENDER_WORDS, SENT_WORDS
from evidence_app.services.safekeeping.checking import NEVER_CHECKED

ROOT = Path(__file__).resolve().parents[1]
DESKTOP = ROOT / "evidence_app" / "desktop"
FOLDER = ROOT / "resources" / "languages"
BELOW = [ROOT / "evidence_app" / name for name in ("domain", "services")]
"""Where sentences are made that the window shows."""
PHRASES = {"phrase": (0,), "counted_phrase": (1, 2)}
"""The functions that make a phrase, and which of their arguments are patterns."""
NO_WORDS = {"theme.py", "tokens.py", "language.py", "background_runner.py"}
"""Files without texts that are shown."""
Catalogue = dict[str, str]
"""Translations by source text; an empty string where there is none yet."""


def has_words(text: str) -> bool:
    """Return whether a text holds letters besides its placeholders."""
    return any(letter.isalpha() for letter in re.sub(r"\{\w*\}", "", text))


def is_said(text: str) -> bool:
    """Return whether a constant is likely to be shown: it begins with a capital letter or has several words, and is no shortcut or colour."""
    return (
        has_words(text)
        and not text.startswith(("Ctrl+", "#"))
        and (text.lstrip("&")[:1].isupper() or " " in text.strip() or "…" in text)
    )


def texts_in(node: ast.expr) -> Iterator[str]:
    """Yield every string literal in an expression."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def possible_texts(node: ast.expr) -> Iterator[str]:
    """Yield the string literals to which an expression may evaluate: itself, or the branches of `if … else`, `and` and `or`."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from possible_texts(node.body)
            yield from possible_texts(node.orelse)
        case ast.BoolOp():
            for operand in node.values:
                yield from possible_texts(operand)


def marked_in(tree: ast.Module) -> Iterator[str]:
    """Yield the first arguments of calls of `tr`, and the shown texts in a module's constants."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr" and node.args:
            yield from possible_texts(node.args[0])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "make_table":
            # The heads of its columns, which the table itself translates.
            yield from texts_in(node.args[1])
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        named = [target.id for target in targets if isinstance(target, ast.Name)]
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and any(map(str.isupper, named)):
            yield from filter(is_said, texts_in(node.value))


def patterns_in(tree: ast.Module) -> Iterator[str]:
    """Yield the patterns of the phrases that a module of the domain or of the services makes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PHRASES:
            for position in PHRASES[node.func.id]:
                yield from possible_texts(node.args[position])


def keys_of_forms(tree: ast.Module) -> Iterator[str]:
    """Yield the capitalised keys of dictionaries: they label the rows of forms and the choices of the first page."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key in node.keys:
                if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value[:1].isupper():
                    yield key.value


def of_fields(fields: Iterable[Field]) -> Iterator[str]:
    """Yield the labels and help texts of fields and of their parts."""
    for field in fields:
        yield from (field.label, field.help)
        yield from of_fields(field.parts)


def of_threads() -> Iterator[str]:
    """Yield the sentences about threads that stand in tables."""
    yield from (NEVER_CHECKED, NO_ROLE, SENT_WORDS, RECEIVED_WORDS, *SENDER_WORDS.values(), NO_TIME, NAMES_DRAFT)
    yield from (*STATES.values(), *ORDERS.values())
    yield from (EXACT, PROBABLE, BY_HAND)
    yield from (part.label.lower() for field in WORKLOAD.fields for part in field.parts)
    yield from MOVES.values()
    yield from LATE_WORDS.values()
    yield from MATCH_SENTENCES.values()
    yield from (*REVIEW_WORDS.values(), GET_ADVICE)
    yield from (*DELIVERY_WORDS.values(), NOTHING_STATED)
    yield from (SENT_COPY_CAVEAT, DRAFT_CAVEAT, AUTOMATIC_CAVEAT, QUOTED_HEAD_WORDS)
    for said in (*GRADES.values(), *FORM_WORDS.values()):
        yield from (said.words, said.limit)
    yield from (f"This {RELATION_PHRASES.get(how, how)} record {{record}}" for how in RELATIONS)
    yield from (*RESPONSE_EFFECTS, "yes", "no")
    yield from (kind.label.lower() for kind in KINDS.values())


def words() -> list[str]:
    """Return every text of the window, in alphabetical order."""
    texts: set[str] = set()
    for path in sorted(DESKTOP.rglob("*.py")):
        if path.name in NO_WORDS:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        texts |= {*marked_in(tree), *keys_of_forms(tree)}
    for path in sorted(path for folder in BELOW for path in folder.rglob("*.py")):
        texts |= set(patterns_in(ast.parse(path.read_text("utf-8"))))
    for kind in KINDS.values():
        texts |= {kind.label, kind.purpose if kind.letter else "", *of_fields(fields_of(kind))}
    texts |= {text for setting in SETTINGS for text in (setting.label, setting.help, *setting.columns)}
    texts |= {text.removeprefix("in a thread ") for text in STATES.values()}
    texts |= {text for expected in EXPECTED.values() for _, text in expected}
    texts |= {*MEANINGS.values(), *PART_TITLES.values(), *PRECISIONS}
    texts |= {text for setting in SETTINGS for text in (setting.unit, *setting.choices)}
    for profile in PROFILES.values():
        texts |= {profile.audience, profile.purpose, profile.notice, profile.advice}
    texts |= {*ThreadStanding, *SIDES, *TIPS, *of_threads()}
    return sorted((text for text in texts if has_words(text)), key=lambda text: (text.casefold(), text))


def read(path: Path) -> Catalogue:
    """Return the translations in a .ts file; none if there is no file yet."""
    if not path.exists():
        return {}
    root = ET.parse(path).getroot()
    return {
        str(message.findtext("source")): str(message.findtext("translation") or "") for message in root.iter("message")
    }


def write(path: Path, language: str, translated: Catalogue) -> None:
    """Write a .ts file with every text of the window; texts without a translation are marked as unfinished."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage=ENGLISH)
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text in words():
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        if translated.get(text):
            translation.text = translated[text]
        else:
            translation.set("type", "unfinished")
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")


def compile_catalogue(path: Path, out: Path) -> None:
    """Compile a .ts file to a .qm file."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([str(tool), "-silent", str(path), "-qm", str(out)], check=True)


def main() -> None:
    """Update and compile the catalogue of every language but English, and print how much is translated."""
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        if language != ENGLISH:
            path = FOLDER / f"{language}.ts"
            write(path, language, read(path))
            compile_catalogue(path, path.with_suffix(".qm"))
            known = read(path)
            translated = sum(1 for text in words() if known.get(text))
            print(f"{language}: {translated} of {len(words())} texts are translated")


if __name__ == "__main__":
    main()
