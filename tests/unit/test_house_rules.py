"""The lint rules of tools/house_rules.py report what they ban, and nothing else."""

from pathlib import Path

import pytest

from tools import house_rules

BANNED = {
    "services/a.py": [
        "assert True",
        "eval('1')",
        "import pickle",
        "from subprocess import run",
        "import os\nos.system('x')",
        "import tempfile",
        "print('x')",
        "MOST_FILES = 3",
        "NAME_LIMIT: int = 3",
        "run('x', shell=True)",
        "def long():\n" + "    x = 1\n" * 61,
        "x = 1\n" * 401,
    ],
    "cli/a.py": ["size = session.store.log.size()", "size = self._session.store.log.size()"],
    "desktop/a.py": [
        "session.store.records.get(1)",
        "app.processEvents()",
        "thread.terminate()",
        "loop = QEventLoop()",
        "dialog.exec()",
    ],
}
ALLOWED = {
    "cli/a.py": ["print('x')"],
    "desktop/a.py": ["app.exec()", "job.cancel()"],
    "services/a.py": [
        "# never assert, never eval\nx = 'print(1)'",
        "connection.execute('x')",
        "def short():\n" + "    x = 1\n" * 50,
    ],
}


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(place, text) for place, texts in table.items() for text in texts]


def found(place: str, text: str) -> list[str]:
    return list(house_rules.faults_of_program(house_rules.ROOT / "evidence_app" / place, text))


@pytest.mark.parametrize(("place", "text"), cases(BANNED))
def test_banned_code_is_reported(place: str, text: str) -> None:
    faults = found(place, text)
    assert faults, f"{text[:40]!r} in {place} is banned and was not found"
    assert all(fault.startswith(f"evidence_app/{place}:") for fault in faults)


@pytest.mark.parametrize(("place", "text"), cases(ALLOWED))
def test_allowed_code_is_not_reported(place: str, text: str) -> None:
    assert found(place, text) == []


def test_words_addresses_and_paths_in_any_text() -> None:
    claim = "It is tamper" + "-proof."
    page = house_rules.ROOT / "docs" / "user-guide.md"
    lock = house_rules.ROOT / "packaging" / "requirements.txt"
    machine = "see /" + "home/somebody/x"
    assert [len(list(house_rules.faults_of_text(page, text))) for text in (claim, f"Never say: {claim}", machine)] == [
        1,
        0,
        1,
    ]
    assert len(list(house_rules.faults_of_text(lock, "--index-url https://example.org"))) == 1
    assert list(house_rules.faults_of_text(page, "https://example.org")) == []
    assert Path(house_rules.__file__) in house_rules.tracked()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("see ../sha" + "red/samples", "refers to a folder beside the repository"),
        ("(ELSEWHERE.m" + "d, section 3)", "cites ELSEWHERE.m" + "d, which is not in the repository"),
        ("[the guide](nowhere/guide.txt)", "links to nowhere/guide.txt, which is not in the repository"),
        ("[out](../../beside.txt)", "links to ../../beside.txt, which is not in the repository"),
    ],
)
def test_references_outside_the_repository_are_reported(line: str, fault: str) -> None:
    page = house_rules.ROOT / "docs" / "user-guide.md"
    assert fault in list(house_rules.outside_references(page, line))


def test_references_inside_the_repository_are_not_reported() -> None:
    page = house_rules.ROOT / "docs" / "user-guide.md"
    line = (
        "[words](decisions/0003-words.md#top), docs/spec/bundle.md, [C2SP](https://c2sp.org/signed-note), [below](#x)"
    )
    assert list(house_rules.outside_references(page, line)) == []


def program(name: str, text: str) -> dict[Path, str]:
    return {house_rules.ROOT / "evidence_app" / name: text}


def test_one_class_name_is_one_idea() -> None:
    twice = program("mail/a.py", "class Found: ...") | program("store/b.py", "class Found: ...")
    assert list(house_rules.faults_of_classes(twice)) == [
        "class Found stands in evidence_app/mail/a.py and evidence_app/store/b.py: one name is one idea"
    ]
    assert list(house_rules.faults_of_classes(program("mail/a.py", "class Found: ..."))) == []


def test_a_package_is_seen_at_a_glance_and_says_what_it_may_import() -> None:
    modules = {path: "" for n in range(21) for path in program(f"mail/a{n}.py", "")}
    assert "21 modules" in next(house_rules.faults_of_packages(modules))
    assert list(house_rules.faults_of_packages(dict(list(modules.items())[:20]))) == []
    silent = program("mail/__init__.py", '"""Mail."""')
    assert "does not say" in next(house_rules.faults_of_packages(silent))
    assert list(house_rules.faults_of_packages(program("mail/__init__.py", '"""Mail. May import `proof`."""'))) == []
