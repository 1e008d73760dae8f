"""Documents that were made to take all memory or all day are read or refused within what documents take: by what they do, not by a clock."""

import struct
import zlib

import pytest

from evidence_app.documents.office.containers.compound_writer import compound_file
from evidence_app.documents.office.content import CannotRead, DocumentContent
from evidence_app.documents.office.content_of import content_of
from evidence_app.documents.office.embedded import files_within
from evidence_app.documents.office.old import office_art
from tests.support.office_files import zipped
from tests.support.old_office import entry, picture, record, shapes, slides, store, word_document
from tests.unit.test_open_document_objects import LOOK, TYPE, document, frame, text_with

BOMB = picture(".emf", bytes(8 * 1024 * 1024), packed=zlib.compress(bytes(8 * 1024 * 1024)))
"""A picture that unpacks to eight megabytes."""


def read(name: str, untrusted: bytes) -> DocumentContent:
    content = content_of("", name, untrusted)
    assert content is not None
    return content


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the bytes that each picture is unpacked to."""
    sizes: list[int] = []
    usual = office_art._picture

    def counted(untrusted: bytes, found: office_art.ArtRecord, limit: int) -> office_art.Art | None:
        art = usual(untrusted, found, limit)
        sizes.append(len(art.content) if art is not None else 0)
        return art

    monkeypatch.setattr(office_art, "_picture", counted)
    return sizes


def test_a_store_in_which_every_place_is_one_picture_unpacks_it_once(unpacked: list[int]) -> None:
    drawn = store(*[entry(at=4096)] * 60) + b"\0" + shapes(*range(1, 61))
    content = read("a.doc", word_document("a\r", drawn=drawn, delayed=BOMB))
    assert unpacked == [8 * 1024 * 1024]
    assert len(content.files) == 1


def test_what_nothing_shows_is_not_unpacked(unpacked: list[int]) -> None:
    read("a.doc", word_document("a\r", drawn=store(*[entry(at=4096)] * 60), delayed=BOMB))
    assert unpacked == []


def test_pictures_of_a_document_are_unpacked_to_a_bound(unpacked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_art, "MAX_UNPACKED", 20 * 1024 * 1024)
    data = {place: entry(BOMB + bytes(place)) for place in range(6)}
    read("a.doc", word_document("\x01" * 6 + "\r", data))
    assert sum(unpacked) <= 28 * 1024 * 1024


def test_a_picture_that_many_marks_stand_for_is_unpacked_once(unpacked: list[int]) -> None:
    content = read("a.doc", word_document("\x01" * 300 + "\r", {0: BOMB}, same=range(300)))
    assert len(unpacked) == 1
    assert content.text().count("[picture 1 in it]") == 300


def test_slides_of_many_numbers_at_one_place_are_read_once() -> None:
    slide = record(0x03EE, record(0x0FA0, "words".encode("utf-16-le")), container=True)
    whole = slides({1: slide}, same=dict.fromkeys(range(2, 400), 1))
    assert read("a.ppt", whole).text().count("words") == 1


def test_streams_that_lie_over_each_other_are_more_than_the_file_holds() -> None:
    """No file has more in its streams than its own bytes: a directory may say so, and each would be copied."""
    objects = {f"_{number}": {"CONTENTS": b"%PDF-" + bytes(5_000 if number else 90_000)} for number in range(12)}
    whole = bytearray(word_document("a\r", objects=objects))
    name = "CONTENTS".encode("utf-16-le")
    entries = [place for place in range(len(whole)) if whole.startswith(name, place)]
    sizes = {place: struct.unpack_from("<IQ", whole, place + 116) for place in entries}
    largest = max(sizes.values(), key=lambda each: each[1])
    for place in entries:
        struct.pack_into("<IQ", whole, place + 116, *largest)
    content = read("a.doc", bytes(whole))
    assert 0 < len(content.files) < 12
    assert "the original holds them" in content.remarks[1]


def test_an_object_with_a_stream_and_a_storage_of_one_name_is_named_as_left() -> None:
    whole = word_document("a\r", objects={"_1": {"AB": b"x", "ZZ": {"C": b"y"}}})
    # The directory's names are in UTF-16: the storage gets the name of the stream.
    clash = whole.replace("ZZ".encode("utf-16-le"), "AB".encode("utf-16-le"))
    assert "the original holds them: object 1.bin" in read("a.doc", clash).remarks[0]


def test_text_boxes_within_each_other_are_read_once_each() -> None:
    boxes = "words"
    for _ in range(30):
        boxes = f"<draw:frame><draw:text-box><text:p>{boxes}</text:p></draw:text-box></draw:frame>"
    whole = text_with("", {}, content___xml=document(f"<office:text><text:p>{boxes}</text:p></office:text>"))
    assert read("a.odt", whole).text().count("words") == 1


def test_one_picture_that_is_shown_often_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence_app.documents.office.containers.zip_parts.MAX_UNFOLDED", 3 * len(LOOK) + 20_000)
    frames = '<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>' * 50
    content = read("a.odt", text_with(frames, {}, Pictures__a___png=LOOK))
    assert content.text().count("[picture 1 in it]") == 50
    assert len(content.files) == 1


def test_of_many_charts_some_stay_in_the_original() -> None:
    kinds = {f"O{number}/": f"{TYPE}chart" for number in range(130)}
    chart = document("<office:chart><text:p>x</text:p></office:chart>")
    parts = {f"O{number}__content___xml": chart for number in range(130)}
    content = read("a.odt", text_with("".join(frame("object", f"O{number}") for number in range(130)), kinds, **parts))
    assert content.text().count("a chart]") == 100
    assert "and 30 more" not in content.remarks[0]
    assert "O129" in content.remarks[0]


def test_a_remark_names_some_of_many_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_within, "MAX_FILES", 1)
    digits = "".join(rf"{{\pict\pngblip {number:04x}}}" for number in range(1, 200))
    content = read("a.rtf", rf"{{\rtf1 {digits} words\par}}".encode())
    assert len(content.files) == 1
    assert content.remarks[0].endswith("and 148 more")


def test_what_is_too_deep_is_refused() -> None:
    deep = "words"
    for _ in range(190):
        deep = f"<office:annotation><text:p>{deep}</text:p></office:annotation>"
    whole = zipped(
        {"mimetype": f"{TYPE}text", "content.xml": document(f"<office:text><text:p>{deep}</text:p></office:text>")}
    )
    with pytest.raises(CannotRead):
        content_of("", "a.odt", whole)


def test_a_directory_that_is_a_line_of_entries_is_refused() -> None:
    names = {f"{number:05}": b"" for number in range(1_500)}
    whole = bytearray(compound_file({"WordDocument": b"x" * 40, **names}))
    # Each entry is the left neighbour of the next: a tree that is as deep as it is long.
    start = whole.index("Root Entry".encode("utf-16-le"))
    for number in range(1, 1_500):
        struct.pack_into("<II", whole, start + 128 * number + 68, number + 1, 0xFFFFFFFF)
    with pytest.raises(CannotRead):
        content_of("", "a.doc", bytes(whole))
