"""Names and reasons of Windows: what it takes for something else is refused there, and what it says more exactly than C is said."""

from pathlib import Path

import pytest

from evidence_app import files
from evidence_app.errors import EnvironmentProblem, InputError
from evidence_app.files import file_name, reason, system_errors_named, write_whole
from evidence_app.store import unfit_folders
from tests.support import stores


class WindowsError(OSError):
    """An `OSError` as Windows raises it: with a number of its own beside the one of C."""

    def __init__(self, winerror: int, number: int) -> None:
        super().__init__(number, "in the language of the system")
        self.winerror = winerror


@pytest.mark.parametrize(
    "name", ["NUL.pdf", "con", "Aux.tar.gz", "com1.txt", "LPT9", "COM¹.pdf", "a:b.pdf", "what?.pdf", "ends.", "ends "]
)
def test_what_windows_takes_for_something_else_is_not_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "WINDOWS", True)
    with pytest.raises(InputError, match="Windows"):
        write_whole(tmp_path / name, b"x")
    assert list(tmp_path.glob("*.p*")) == []
    monkeypatch.setattr(files, "WINDOWS", False)
    write_whole(tmp_path / name, b"x")


@pytest.mark.parametrize("name", ["bundle.pdf", "console.pdf", "COM10.pdf", "auxiliary", "X000412 – Nul – 2026.pdf"])
def test_ordinary_names_are_written(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "WINDOWS", True)
    write_whole(tmp_path / name, b"x")
    assert (tmp_path / name).read_bytes() == b"x"


def test_names_that_are_proposed_are_good_everywhere() -> None:
    assert file_name("RE: caseload / 61 <now>") == "RE caseload 61 now"
    assert file_name("Con") == "Con_"
    assert file_name("nul.txt") == "nul.txt_"
    assert file_name("To be continued ...") == "To be continued"


@pytest.mark.parametrize(
    ("winerror", "number", "words"),
    [
        (32, 13, "another program has it open"),
        (206, 2, "the path is too long for Windows"),
        (112, 28, "the disk is full"),
        (19, 13, "the drive is read-only"),
        (1167, 22, "the drive was taken away"),
        (5, 13, "permission was refused"),
        (2, 2, "it is not there"),
    ],
)
def test_reasons_of_windows_are_said_exactly(winerror: int, number: int, words: str) -> None:
    assert reason(WindowsError(winerror, number)) == words
    with (
        pytest.raises(EnvironmentProblem, match=words),
        system_errors_named("bundle.pdf could not be written"),
    ):
        raise WindowsError(winerror, number)


def test_no_store_is_made_where_its_files_have_paths_too_long_for_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unfit_folders, "WINDOWS", True)
    deep = tmp_path / ("a" * (unfit_folders.MAX_WINDOWS_PATH - len(str(tmp_path))))
    with pytest.raises(InputError, match="too long for Windows: 191 characters, where a store may have 190"):
        stores.make_store(deep)
    assert not deep.exists()
    stores.make_store(deep.with_name(deep.name[:-1]))


def test_the_longest_name_of_a_store_fits_below_the_limit(tmp_path: Path) -> None:
    stores.make_store(tmp_path / "store")
    longest = max(len(str(path.relative_to(tmp_path / "store"))) for path in (tmp_path / "store").rglob("*"))
    within_a_copy = len("before-tables-99999/") + longest + len("..0123456789ab.part")
    assert unfit_folders.MAX_WINDOWS_PATH + 1 + within_a_copy <= 259
