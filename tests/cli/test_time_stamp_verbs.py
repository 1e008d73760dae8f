"""The verb “timestamp”, by file."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support import stores
from tests.support.authority import Authority
from tests.support.authority_server import Serve
from tests.support.program import Result, run


@pytest.fixture
def on(new_store: Path, tmp_path: Path) -> Callable[..., Result]:
    store = stores.copy_of(new_store, tmp_path / "store")
    secret = tmp_path / "secret.txt"
    secret.write_text(stores.WORDS)
    return lambda *words: run(*words, "--store", store, "--passphrase-file", secret, home=tmp_path / "home")


def test_a_checkpoint_is_time_stamped_by_file(on: Callable[..., Result], tmp_path: Path) -> None:
    authority = Authority("Invented Stamps")
    (tmp_path / "root.pem").write_text(authority.pem)
    root, request, answer = (str(tmp_path / name) for name in ("root.pem", "request.tsq", "answer.tsr"))
    assert "No time-stamping authority" in on("timestamp", "request", "--out", request).expect(2).sentence
    assert "two are better" in on("timestamp", "list").expect(0).stdout
    on("timestamp", "authority", "--of", "Invented Stamps", "--certificates", root, "--json").expect(0)
    on("timestamp", "request", "--out", request).expect(0)
    Path(answer).write_bytes(authority.answer(Path(request).read_bytes(), datetime(2026, 3, 1, 9, 0, tzinfo=UTC)))
    taken = on("timestamp", "take", answer, "--json").expect(0).json
    assert (taken["authority"], taken["stamped_at"]) == ("Invented Stamps", "2026-03-01T09:00:00Z")
    (listed,) = on("timestamp", "list", "--json").expect(0).json["authorities"]
    assert (listed["covered"], listed["asked_at"]) == (taken["size"], "")
    assert "taken in before" in on("timestamp", "take", answer).expect(2).sentence
    assert "stamped the head" in on("check").expect(0).stdout
    Path(answer).write_bytes(b"nothing")
    assert "no answer of a time-stamping authority" in on("timestamp", "take", answer).expect(1).sentence


def test_a_bundle_is_time_stamped_by_file(on: Callable[..., Result], tmp_path: Path) -> None:
    authority = Authority("Invented Stamps")
    (tmp_path / "root.pem").write_text(authority.pem)
    (tmp_path / "revoked.crl").write_bytes(authority.revocation_list())
    root, revoked, request, answer, pdf = (
        str(tmp_path / name) for name in ("root.pem", "revoked.crl", "request.tsq", "answer.tsr", "bundle.pdf")
    )
    on("timestamp", "authority", "--of", "Invented Stamps", "--certificates", root).expect(0)
    on("bundle", "--profile", "officer", "--out", pdf).expect(0)
    said = on("timestamp", "request", "--bundle", pdf, "--crl", revoked, "--out", request).expect(0).stdout
    assert "a hash of the file, and no word of it" in said
    Path(answer).write_bytes(authority.answer(Path(request).read_bytes(), datetime(2026, 3, 1, 9, 0, tzinfo=UTC)))
    made = on("timestamp", "take", answer, "--json").expect(0).json
    assert (made["authority"], made["stamped_at"], made["level"]) == (
        "Invented Stamps",
        "2026-03-01T09:00:00Z",
        "B-LT",
    )
    judged = run("verify", pdf, "--json", home=tmp_path / "home").expect(0).json
    (item,) = [each for each in judged["checks"] if each["name"] == "document time stamp 1"]
    assert item["verdict"] == "verified"
    assert "2026-03-01T09:00:00Z" in run("verify", pdf, home=tmp_path / "home").expect(0).stdout
    assert "no request for a bundle" in on("timestamp", "take", answer, "--bundle", pdf).expect(2).sentence
    on("check").expect(0)


def test_a_bundle_is_not_made_where_no_time_stamp_can_be_asked_for(on: Callable[..., Result], tmp_path: Path) -> None:
    authority = Authority("Invented Stamps")
    (tmp_path / "root.pem").write_text(authority.pem)
    pdf = tmp_path / "bundle.pdf"
    making = ("bundle", "--profile", "officer", "--out", str(pdf), "--time-stamp")
    assert "No time-stamping authority" in on(*making).expect(2).sentence
    on("timestamp", "authority", "--of", "Invented Stamps", "--certificates", str(tmp_path / "root.pem")).expect(0)
    assert "switched off" in on(*making).expect(2).sentence
    assert not pdf.exists()


@pytest.mark.sockets
def test_a_bundle_is_time_stamped_as_it_is_made(on: Callable[..., Result], tmp_path: Path, serve: Serve) -> None:
    authority = Authority("Invented Stamps")
    server = serve(lambda asked: (200, authority.answer(asked)))
    (tmp_path / "root.pem").write_text(authority.pem)
    trust = ("timestamp", "authority", "--of", "Invented Stamps", "--certificates", str(tmp_path / "root.pem"))
    on(*trust, "--address", server.address).expect(0)
    on("settings", "time_stamps_over_network", "yes").expect(0)
    pdf = tmp_path / "bundle.pdf"
    making = ("bundle", "--profile", "officer", "--out", str(pdf), "--time-stamp", "--replace")
    assert "Invented Stamps saw bundle.pdf" in on(*making).expect(0).stdout
    run("verify", str(pdf), home=tmp_path / "home").expect(0)
    server.shutdown()
    server.server_close()
    # The bundle is made, and what is missing is said.
    refused = on(*making).expect(3)
    assert "The bundle is made, and has no time stamp" in refused.stderr
    assert "could not be reached" in refused.stderr
    run("verify", str(pdf), home=tmp_path / "home").expect(0)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("authority",), "needs --of NAME and --certificates"),
        (("request",), "needs --out FILE"),
        (("take",), "needs the authority's answer"),
        (("send",), "No time-stamping authority"),
        (("take", "nothing.tsr"), "cannot be read"),
        (("authority", "--of", "X", "--certificates", "nothing.pem"), "cannot be read"),
        (("request", "--out", "request.tsq", "--crl", "list.crl"), "--crl goes with"),
        (("take", "nothing.tsr", "--bundle", "nothing.pdf"), "cannot be read"),
    ],
)
def test_missing_arguments_are_reported(on: Callable[..., Result], words: tuple[str, ...], says: str) -> None:
    assert says in on("timestamp", *words).expect(2).sentence
