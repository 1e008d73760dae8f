"""Fixtures: the invented case, built once, with its bundles."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from evidence_app.demo.make import Demo
from evidence_app.documents import recognition
from evidence_app.domain.record.entries import read_entry
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.sealing import Source, seal
from evidence_app.services.records.reading import Selection
from tests.support.entries import note
from tests.support.stores import make_store, open_fast

MANIFEST = "evidence-trail-manifest.json"


@pytest.fixture(scope="session")
def review(demo: Demo) -> Path:
    """The bundle for the review of the invented case."""
    return demo.folder / "audit-trail.pdf"


@pytest.fixture(scope="session")
def own_file(demo: Demo) -> Path:
    """The officer's own file of the invented case."""
    return demo.folder / "officers-own-file.pdf"


@pytest.fixture(scope="module")
def pictures_read_once() -> Iterator[None]:
    """Keep what was read on pictures, and that alone, when stores are closed: the same scans come in one bundle after the other."""
    forget = recognition.forget

    def keep_what_was_read() -> None:
        known = dict(recognition._REMEMBERED.results)
        forget()
        recognition._REMEMBERED.results.update(known)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recognition, "forget", keep_what_was_read)
        yield
    forget()


def manifest_of(path: Path) -> dict[str, Any]:
    """Return what a bundle's manifest says."""
    with pikepdf.open(path) as pdf:
        return json.loads(pdf.attachments[MANIFEST].get_file().read_bytes())


def bundle_of(folder: Path, files: dict[str, bytes]) -> Path:
    """Make a store, seal a record for each file, and return the officer's bundle of it."""
    make_store(folder / "store")
    out = folder / "trail.pdf"
    with open_fast(folder / "store") as session:
        for name, content in files.items():
            entry = read_entry(note("A paper came in.", case_ref="X000412"))
            seal(session, entry, [Source(name, content=content)])
        export(session, "officer", out, Selection())
    return out


@pytest.fixture(scope="session")
def foreign(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle with every sample PDF."""
    files = {path.name: path.read_bytes() for path in sorted((samples / "pdf").glob("*.pdf"))}
    return bundle_of(tmp_path_factory.mktemp("foreign"), files)


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle with files of other sorts, some damaged."""
    picture = io.BytesIO()
    Image.new("RGB", (640, 200), (20, 90, 90)).save(picture, "PNG")
    files = {
        "page.txt": "A page – with “marks”, ŵ and 😀\f\tand a tab\x07".encode(),
        "scan.png": picture.getvalue(),
        "broken.pdf": b"%PDF-1.7\nnot really",
        "letter.docx": b"PK\x03\x04 not really",
        "empty.txt": b"",
    }
    return bundle_of(tmp_path_factory.mktemp("odd"), files)
