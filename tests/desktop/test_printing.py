"""Printing: what the form and the dialog say comes out, in its own size, and the register says which pages it was."""

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from evidence_app.desktop.bundles.dialogs import PrintForm
from evidence_app.desktop.bundles.register_page import _in_range
from evidence_app.errors import InputError
from evidence_app.services.bundles import printing
from evidence_app.services.bundles.printing import MAX_WORDS_LENGTH, SIDES, chosen_pages, page_numbers_in_words
from tests.desktop.conftest import WAIT
from tests.desktop.test_bundles_window import ask, dialog, go


@pytest.mark.parametrize(
    ("ranges", "sides", "pages", "words"),
    [
        ("", "all pages", (1, 2, 3, 4, 5), ""),
        ("2-3, 5", "all pages", (2, 3, 5), "2-3, 5"),
        ("", "odd pages", (1, 3, 5), "odd pages of 5"),
        ("", "even pages", (2, 4), "even pages of 5"),
        ("2-5", "even pages", (2, 4), "even pages of 5"),
        ("3-5", "odd pages", (3, 5), "3, 5"),
    ],
)
def test_pages_are_chosen_and_said(ranges: str, sides: str, pages: tuple[int, ...], words: str) -> None:
    assert chosen_pages(ranges, sides, 5) == pages
    assert page_numbers_in_words(pages, 5) == words


@pytest.mark.parametrize(
    ("ranges", "sides", "sentence"),
    [
        ("6", "all pages", "There is no page 6: the file has 5."),
        ("2-999999", "all pages", "There is no page 999,999: the file has 5."),
        ("3", "even pages", "No page is left to print."),
        ("5-2", "all pages", "are not pages in order"),
        ("a few", "all pages", "are not pages in order"),
    ],
)
def test_pages_that_there_are_not_are_refused_in_a_sentence(ranges: str, sides: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        chosen_pages(ranges, sides, 5)


@given(count=st.integers(1, 900), wanted=st.sets(st.integers(1, 900), min_size=1))
def test_which_pages_is_said_in_the_room_of_a_field(count: int, wanted: set[int]) -> None:
    pages = tuple(sorted(page for page in wanted if page <= count))
    if pages:
        assert len(page_numbers_in_words(pages, count)) <= MAX_WORDS_LENGTH


def exported(window, qtbot, path) -> int:
    """Export the whole store, and return how many pages it has."""
    page = go(window, qtbot, "Export").export
    page.export_to(path)
    qtbot.waitUntil(page.made.isVisible, timeout=WAIT)
    document = pypdfium2.PdfDocument(path)
    count = len(document)
    document.close()
    return count


def paper(tmp_path, size=QPageSize.PageSizeId.A4) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setPageSize(QPageSize(size))
    printer.setResolution(300)
    return printer


def test_some_pages_are_printed_in_their_own_size_and_the_register_says_which(opened, qtbot, tmp_path) -> None:
    count = exported(opened, qtbot, tmp_path / "bundle.pdf")
    assert count >= 4
    register = go(opened, qtbot, "Register").register
    register.print_file(tmp_path / "bundle.pdf", paper(tmp_path))
    form = dialog(opened, qtbot, PrintForm)
    form.kept_at.setText("locked cabinet")
    form.pages.setText(str(count + 1))
    form.ok.click()
    assert f"There is no page {count + 1}" in form.message.text()
    form.pages.setText("2-3")
    form.copies.setValue(2)
    form.ok.click()
    qtbot.waitUntil(lambda: "Sealed as record" in register.message.text(), timeout=WAIT)
    printed, made = (pypdfium2.PdfDocument(tmp_path / name) for name in ("paper.pdf", "bundle.pdf"))
    assert len(printed) == 2
    for number in (0, 1):
        assert printed[number].get_size() == pytest.approx(made[number + 1].get_size(), abs=1)
        on_paper, in_file = (
            document[page].render(scale=0.5).to_pil().convert("L")
            for document, page in ((printed, number), (made, number + 1))
        )
        on_paper = on_paper.resize(in_file.size)
        apart = [abs(a - b) for a, b in zip(on_paper.tobytes(), in_file.tobytes(), strict=True)]
        assert sum(each > 100 for each in apart) / len(apart) < 0.01, (
            "the page is not in its place and size on the paper"
        )
    for document in (printed, made):
        document.close()
    last = ask(opened, qtbot, printing.register)[-1]
    assert (last.fields["pages"], last.fields["page_numbers"], last.fields["copies"]) == (2, "2-3", 2)
    assert "pages 2-3" in printing.row_in_words(last)


def test_odd_and_even_sides_are_printed_apart(opened, qtbot, tmp_path) -> None:
    count = exported(opened, qtbot, tmp_path / "bundle.pdf")
    register = go(opened, qtbot, "Register").register
    register.print_file(tmp_path / "bundle.pdf", paper(tmp_path))
    form = dialog(opened, qtbot, PrintForm)
    form.kept_at.setText("locked cabinet")
    form.sides.setCurrentIndex(form.sides.findData(SIDES[2]))
    form.ok.click()
    qtbot.waitUntil(lambda: "Sealed as record" in register.message.text(), timeout=WAIT)
    printed = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    assert len(printed) == count // 2
    printed.close()
    assert ask(opened, qtbot, printing.register)[-1].fields["page_numbers"] == f"even pages of {count}"


def test_a_page_is_made_smaller_only_for_smaller_paper(opened, qtbot, tmp_path) -> None:
    exported(opened, qtbot, tmp_path / "bundle.pdf")
    register = go(opened, qtbot, "Register").register
    register.print_file(tmp_path / "bundle.pdf", paper(tmp_path, QPageSize.PageSizeId.A5))
    form = dialog(opened, qtbot, PrintForm)
    form.kept_at.setText("locked cabinet")
    form.pages.setText("1")
    form.ok.click()
    qtbot.waitUntil(lambda: "Sealed as record" in register.message.text(), timeout=WAIT)
    printed = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    width, height = printed[0].get_size()
    assert (round(width), round(height)) == (420, 595), "the paper that was chosen is not the paper that came out"
    picture = printed[0].render(scale=1).to_pil().convert("L")
    dark = [place for place, value in enumerate(picture.tobytes()) if value < 128]
    across = [place % picture.width for place in dark]
    assert 5 < min(across) < max(across) < picture.width - 5, "a part of the page is cut off"
    printed.close()


def test_the_range_of_the_systems_dialog_counts(tmp_path) -> None:
    printer = paper(tmp_path)
    assert _in_range((1, 2, 3, 4), printer) == (1, 2, 3, 4)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert _in_range((1, 2, 3, 4), printer) == (2, 3)
    assert _in_range((1, 4), printer) == ()
