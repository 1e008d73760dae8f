"""The verifier stands alone: what it imports is counted, and it runs with everything else blocked."""

import ast
import os
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from evidence_app.errors import ExitCode
from tests.support.program import REPOSITORY

PACKAGE = "evidence_app"
NEEDED = ("cryptography", "pikepdf", "asn1crypto", "rfc8785", "rfc3161-client")
MAX_MODULES, MAX_LINES = 39, 5_200
BLOCKING = """
import importlib.abc, importlib.metadata, runpy, sys
allowed = set(sys.argv[1].split(",")) | set(sys.stdlib_module_names)
class Wall(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "evidence_app" or name.startswith(("evidence_app.proof", "evidence_app.errors")):
            return None
        if name.startswith("_sysconfigdata") or name.partition(".")[0] in allowed and not name.startswith("evidence_app"):
            return None
        raise ModuleNotFoundError(f"{name} is not installed here", name=name)
sys.meta_path.insert(0, Wall())
sys.argv = ["proof", *sys.argv[2:]]
runpy.run_module("evidence_app.proof", run_name="__main__")
"""


def with_what_they_need(names: tuple[str, ...]) -> set[str]:
    """Return the distributions that installing these brings."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for line in requires(name) or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return found


def modules_of(distributions: set[str]) -> str:
    """Return the names under which distributions are imported, parted by commas."""
    from importlib.metadata import packages_distributions

    wanted = {name.lower().replace("_", "-") for name in distributions}
    return ",".join(
        module
        for module, owners in packages_distributions().items()
        if any(owner.lower().replace("_", "-") in wanted for owner in owners)
    )


def run_alone(*words: object) -> subprocess.CompletedProcess[str]:
    allowed = modules_of(with_what_they_need(NEEDED))
    command = [sys.executable, "-c", BLOCKING, allowed, *map(str, words)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("name", ["audit-trail.pdf", "casework.pdf", "record-1.tlog-proof"])
def test_it_verifies_with_five_packages(samples: Path, name: str) -> None:
    done = run_alone(samples / "made-by-0.1.0" / name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("verdict: verified\n")


def test_it_says_what_is_altered(samples: Path, tmp_path: Path) -> None:
    content = bytearray((samples / "made-by-0.1.0" / "audit-trail.pdf").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "altered.pdf").write_bytes(content)
    done = run_alone(tmp_path / "altered.pdf")
    assert done.returncode == 1
    assert "altered    whole file: " in done.stdout


@pytest.mark.parametrize("words", [[], ["a", "b"], ["--help"], ["missing.pdf"]])
def test_what_it_cannot_read_is_said_in_a_line(words: list[str]) -> None:
    done = run_alone(*words)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_a_reader_that_has_gone_is_no_fault(samples: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "evidence_app.proof", str(samples / "made-by-0.1.0" / "audit-trail.pdf")]
    done = subprocess.run(
        command, cwd=REPOSITORY, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=120, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (int(ExitCode.ENVIRONMENT), "")


def test_the_wall_stands() -> None:
    command = [sys.executable, "-c", BLOCKING.replace("runpy.run_module", "import reportlab #"), "", "x"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False)
    assert "reportlab is not installed here" in done.stderr, "nothing was blocked, so nothing was shown"


def imports_of(path: Path) -> set[str]:
    """Return the program's modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.partition(".")[0] == PACKAGE}


def file_of(module: str) -> Path | None:
    path = REPOSITORY.joinpath(*module.split("."))
    return next((each for each in (path.with_suffix(".py"), path / "__init__.py") if each.is_file()), None)


def test_what_an_auditor_must_read_is_little() -> None:
    closure: dict[str, Path] = {}
    waiting = ["evidence_app.proof.__main__"]
    while waiting:
        module = waiting.pop()
        path = file_of(module)
        if path is None or module in closure:
            continue
        closure[module] = path
        parents = module.split(".")[:-1]
        waiting += [".".join(parents[:count]) for count in range(1, len(parents) + 1)]
        waiting += imports_of(path)
    strangers = [
        name for name in closure if not name.startswith((f"{PACKAGE}.proof", f"{PACKAGE}.errors")) and name != PACKAGE
    ]
    lines = sum(path.read_text(encoding="utf-8").count("\n") for path in closure.values())
    assert strangers == [], "the verifier needs a part of the program that is no proof"
    assert 20 < len(closure) <= MAX_MODULES, sorted(closure)
    assert 2_000 < lines <= MAX_LINES, lines
