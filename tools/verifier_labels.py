"""Write what the fields of each kind of record are called, for the verifier in a browser: python3 dev.py labels."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from evidence_app.domain.record.fields import Field
from evidence_app.domain.record.kinds import KINDS, fields_of

OUT: Final = Path(__file__).resolve().parents[1] / "verifier" / "src" / "page" / "labels.json"


def labels_in(fields: tuple[Field, ...], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield the label of each field, and of the parts of groups, by its path without places in lists."""
    for field in fields:
        yield before + field.name, field.label
        yield from labels_in(field.parts, f"{before}{field.name}/")


def spelled() -> str:
    """Return the file: kinds by their name, each with its label and those of its fields, in the order of its form."""
    kinds = {
        kind.name: {"label": kind.label, "fields": dict(labels_in(tuple(fields_of(kind))))} for kind in KINDS.values()
    }
    return json.dumps(kinds, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    OUT.write_text(spelled(), encoding="utf-8")
