"""An import reads each mail once and matches each once where nothing is previewed; mails share transactions, and one that fails costs no other anything."""

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidence_app.documents.workers import sessions
from evidence_app.documents.workers.sessions import end_workers
from evidence_app.errors import Cancelled, EnvironmentProblem, EvidenceError, InputError
from evidence_app.mail import opening
from evidence_app.mail.reading import Container
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.session import Session
from evidence_app.services.mail import importing, item_matching, reading_ahead
from evidence_app.services.safekeeping.checking import check_store
from tests.support import mails

Counted = Counter[str]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Count the mails that are read and the calls of what matches them; both are done."""
    calls = Counted()

    def counting(module: object, name: str, what: str, count: Callable[[Any], int]) -> Callable[..., Any]:
        real = getattr(module, name)

        def call(first: Any, *others: Any, **named: Any) -> Any:
            calls[what] += count(first)
            return real(first, *others, **named)

        return call

    for module, name, what, count in (
        (reading_ahead, "read_foreign_mails", "read", len),
        (importing, "read_foreign_mail", "read", lambda _: 1),
        (item_matching, "match", "match", lambda _: 1),
    ):
        monkeypatch.setattr(module, name, counting(module, name, what, count))
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
    assert counted == {"read": 3, "match": 2}, (
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
    assert counted["read"] == 6


def test_a_preview_says_what_goes_together_before_anything_is_kept(session: Session, tmp_path: Path) -> None:
    size = session.store.log.size()
    items = importing.open_import(session).look(written(tmp_path), lambda *_: None, lambda: False)
    assert [item.to_json()["match"] for item in items] == ["exact", "probable", "none"]
    assert session.store.log.size() == size


def many(folder: Path, count: int) -> list[Path]:
    """Write so many sent mails and a receipt for each, the receipts first."""
    paths = []
    for number in range(count):
        identifier = f"<{number}@moorgate.example>"
        for name, content in (
            (f"a{number:03}-receipt.eml", mails.thunderbird("displayed")),
            (f"b{number:03}-sent.eml", mails.sent()),
        ):
            (folder / name).write_bytes(content.replace(mails.SENT_ID.encode(), identifier.encode()))
            paths.append(folder / name)
    return sorted(paths)


def brought_in(session: Session, paths: list[Path], cancel: Callable[[], bool] = lambda: False) -> list[Any]:
    mail_import = importing.open_import(session)
    mail_import.look(paths, lambda *_: None, lambda: False, preview=False)
    return mail_import.take_in(sealing=True, progress=lambda *_: None, cancel=cancel)


def test_mails_of_several_groups_are_sealed_and_each_receipt_belongs_to_its_message(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "GROUP", 7)
    items = brought_in(session, many(tmp_path, 20))
    assert [item.to_json()["match"] for item in items[:20]] == ["exact"] * 20
    assert sorted(item.record for item in items) == list(range(1, 41))
    assert check_store(session).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("error", [InputError("Not this one."), EnvironmentProblem("The disk is full.")])
def test_where_one_fails_nothing_of_its_group_is_kept_and_each_is_tried_by_itself(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: EvidenceError
) -> None:
    # Once in the group, once what it made is in the transaction, and once by itself.
    monkeypatch.setattr(importing, "seal", _failing(importing.seal, error, times=2))
    items = brought_in(session, many(tmp_path, 5))
    assert sum(item.fault == error.sentence for item in items) == 1
    assert sorted(item.record for item in items if not item.fault) == list(range(1, 10))
    assert session.store.log.size() == 10
    assert check_store(session).verdict is Verdict.VERIFIED


def _failing(real: Callable[..., Any], error: Exception, times: int) -> Callable[..., Any]:
    """Return what seals, and fails after the fourth record, so many times: once what it made is in the transaction."""
    calls = Counted()

    def go(*arguments: Any, **named: Any) -> Any:
        calls["all"] += 1
        return real(*arguments, **named, also=lambda _: _fail_late(calls, error, times))

    return go


def _fail_late(calls: Counted, error: Exception, times: int) -> None:
    if calls["all"] > 4 and calls["failed"] < times:
        calls["failed"] += 1
        raise error


def test_what_came_before_a_stop_within_a_group_is_kept(session: Session, tmp_path: Path) -> None:
    asked = iter([False] * 6 + [True])
    with pytest.raises(Cancelled):
        brought_in(session, many(tmp_path, 5), cancel=lambda: next(asked))
    assert session.store.log.size() == 7
    assert check_store(session).verdict is Verdict.VERIFIED


def test_a_batch_that_takes_too_long_is_read_mail_by_mail(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = many(tmp_path, 3)
    given = [(path.read_bytes(), Container.INTERNET) for path in paths]
    together = opening.read_foreign_mails(given)
    monkeypatch.setattr(opening, "BATCH_SECONDS", 0.0)
    assert opening.read_foreign_mails(given) == together
    assert [each.readable for each in together] == [True] * 6


def test_a_stop_leaves_no_worker_with_mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, gate = reading_ahead.read_foreign_mails, threading.Event()
    calls = Counted()

    def after_the_stop(batch: Any, *more: Any) -> Any:
        calls["batches"] += 1
        if calls["batches"] > 1:
            gate.wait(10)
        return real(batch, *more)

    monkeypatch.setattr(reading_ahead, "read_foreign_mails", after_the_stop)
    reading = reading_ahead.read_ahead(many(tmp_path, 60))
    assert next(reading).mail is not None
    threading.Timer(0.3, gate.set).start()
    reading.close()
    end_workers()
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(5)
    assert not sessions._POOL._busy
    assert not sessions._POOL._idle, "what was read ahead started a worker after the stop"


def test_what_does_not_fit_in_memory_is_read_before_the_transaction_of_its_group(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MAX_HELD_BYTES", 0)
    real = importing.read_foreign_mail

    def outside(*arguments: Any) -> Any:
        assert not session.store._is_together, "others that write wait while a mail is read"
        return real(*arguments)

    monkeypatch.setattr(importing, "read_foreign_mail", outside)
    assert sorted(item.record for item in brought_in(session, many(tmp_path, 5))) == list(range(1, 11))


def test_what_is_read_again_and_not_kept_stays_in_no_memory(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MAX_HELD_BYTES", 0)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(5):
        unsure = f"From: a@x.example\r\nTo: b@y.example\r\nDate: Tue, 15 Apr 2025 10:30:44 +0100\r\nMessage-ID: <{number}@x>\r\n\r\nWords.\r\n"
        (inbox / f"{number}.eml").write_bytes(unsure.encode())
    mail_import = importing.open_import(session)
    mail_import.look([inbox], lambda *_: None, lambda: False, preview=False)
    items = mail_import.take_in(sealing=True, progress=lambda *_: None)
    assert [item.fault for item in items] == [importing.NOT_SURE_WHO_SENT] * 5
    assert mail_import._loaded == {}


def test_groups_hold_no_more_bytes_than_they_may(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_import = importing.open_import(session)
    mail_import.look(many(tmp_path, 6), lambda *_: None, lambda: False, preview=False)
    largest = max(each.size for each in mail_import._loaded.values())
    monkeypatch.setattr(importing, "GROUP_BYTES", 2 * largest)
    groups = list(mail_import._groups(range(12)))
    assert [number for group in groups for number in group] == list(range(12))
    assert all(sum(mail_import._loaded[number].size for number in group) <= 2 * largest for group in groups)
    assert list(mail_import._groups([])) == []
