"""An import reads each mail once and, where nothing is previewed, matches each once."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidence_app.services.core.session import Session
from evidence_app.services.mail import importing, item_matching
from tests.support import mails

Counted = Counter[str]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Count the calls of what reads mails and of what matches them; both do their work."""
    calls = Counted()

    def counting(module: object, name: str) -> Callable[..., Any]:
        real = getattr(module, name)

        def call(*arguments: Any, **named: Any) -> Any:
            calls[name] += 1
            return real(*arguments, **named)

        return call

    for module, name in ((importing, "read_foreign_mail"), (item_matching, "match")):
        monkeypatch.setattr(module, name, counting(module, name))
    return calls


def written(folder: Path) -> list[Path]:
    """Write a sent mail, its receipt and a reply with the receipt named first, as a folder may have them."""
    contents = {
        "a-receipt.eml": mails.thunderbird("displayed"),
        "b-reply.eml": mails.answer(f"In-Reply-To: {mails.SENT_ID}"),
        "c-sent.eml": mails.sent(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def test_each_mail_is_read_and_matched_once_when_it_is_sealed(
    session: Session, tmp_path: Path, counted: Counted
) -> None:
    mail_import = importing.open_import(session)
    mail_import.look(written(tmp_path), lambda *_: None, lambda: False, preview=False)
    items = mail_import.take_in(sealing=True, progress=lambda *_: None)
    assert [item.to_json()["match"] for item in items] == ["exact", "probable", "none"]
    assert {item.found.related.index for item in items[:2] if item.found and item.found.related} == {items[2].record}
    assert counted == {"read_foreign_mail": 3, "match": 2}, (
        "a mail was read or matched again; one that answers nothing is not matched"
    )


def test_what_does_not_fit_in_memory_is_read_again(
    session: Session, tmp_path: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MAX_HELD_BYTES", 0)
    mail_import = importing.open_import(session)
    mail_import.look(written(tmp_path), lambda *_: None, lambda: False, preview=False)
    items = mail_import.take_in(sealing=True, progress=lambda *_: None)
    assert [item.to_json()["match"] for item in items] == ["exact", "probable", "none"]
    assert counted["read_foreign_mail"] == 6


def test_a_preview_says_what_goes_together_before_anything_is_kept(session: Session, tmp_path: Path) -> None:
    size = session.store.log.size()
    items = importing.open_import(session).look(written(tmp_path), lambda *_: None, lambda: False)
    assert [item.to_json()["match"] for item in items] == ["exact", "probable", "none"]
    assert session.store.log.size() == size
