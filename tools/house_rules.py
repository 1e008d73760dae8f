"""Lint rules of this project, each with its reason. `dev.py lint` runs them; one line per fault, exit code 1 if there is any."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "evidence_app"
MAX_LINES = 400
"""Longest file of the product, in lines."""
MAX_FUNCTION_LINES = 60
"""Longest function of the product, in lines."""
MAX_MODULES = 20
"""Most modules in one package, packages inside it not counted."""
OTHER_LIMIT_NAMES = re.compile(r"^_?(?:MOST|LEAST|DEEPEST|LONGEST|SMALLEST|LARGEST)(?:_[A-Z_]+)?$|_LIMIT$")
"""Names of limits in another system than MAX_ and MIN_."""

STARTS = {"recognition.py": "subprocess", "sessions.py": "subprocess"}
"""Files that may import a banned module: these two start this program's own interpreter with a script of its own, through pipes."""
CALLS = {
    "eval": "runs text as code",
    "exec": "runs text as code",
    "__import__": "imports what no contract sees",
}
"""Banned built-in functions, each with its reason."""
MODULES = {
    "pickle": "runs code out of data",
    "subprocess": "starts other programs",
    "tempfile": "puts plain text on the disk",
    "multiprocessing": "starts other programs",
}
"""Banned modules."""
ATTRIBUTES = {
    "os.system": "starts other programs",
    "os.popen": "starts other programs",
}
"""Banned functions of modules."""
# `app.exec()` and `application.exec()` start the one main loop and are allowed.
QT_LOOPS = re.compile(r"\bprocessEvents\b|\.terminate\(|\bQEventLoop\b|(?<!app)(?<!application)\.exec_?\(")
# A line may quote a banned claim if it also denies it (DENIAL).
CLAIMS = re.compile(r"tamper[- ]proof|court[- ]admissible", re.IGNORECASE)
DENIAL = re.compile(r"\b(?:never|not|no)\b", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|home|root)/")
ADDRESS = re.compile(r"https?://")
# Everything that is cited must be in the repository: a clone has no sibling folders.
UPWARD = re.compile(r"(?<![\w./-])\.\./shared\b")
CITED_PAGE = re.compile(r"(?<![\w/-])((?:[\w-]+/)*[\w-]+\.md)\b")
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
TEXT = {".py", ".md", ".txt", ".toml", ".json", ".yml", ".yaml", ".cfg", ".desktop", ".svg", ".sh", ""}


def tracked() -> list[Path]:
    """Return the text files of the project, sorted: those that git tracks or would track, or without git all but .venv."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    git = subprocess.run(listing, cwd=ROOT, capture_output=True, check=False)
    if git.returncode == 0:
        paths = [ROOT / name for name in git.stdout.decode().split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if ".venv" not in path.parts and ".git" not in path.parts]
    return sorted(path for path in set(paths) if path.is_file() and path.suffix in TEXT)


def dotted(node: ast.AST) -> str:
    """Return a name such as ``os.system`` as it is written, or an empty string for any other expression."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def imported(node: ast.AST) -> list[str]:
    """Return the modules that a statement imports; relative imports are left out."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []


def faults_of_node(node: ast.AST, package: str, file_name: str = "") -> Iterator[str]:
    """Yield the faults of one syntax node. `package` is the part of evidence_app that its file is in."""
    if isinstance(node, ast.Assert):
        yield "assert: python -O leaves it out; raise an error instead"
    for module in imported(node):
        top = module.partition(".")[0]
        if top in MODULES and STARTS.get(file_name) != top:
            yield f"{top}: {MODULES[top]}"
    if isinstance(node, ast.Call):
        name = dotted(node.func)
        reason = CALLS.get(name) or ATTRIBUTES.get(name)
        if reason:
            yield f"{name}: {reason}"
        if name == "print" and package != "cli":
            yield "print: what is said goes through cli/output.py"
        if any(keyword.arg == "shell" for keyword in node.keywords):
            yield "shell=: starts other programs"
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and OTHER_LIMIT_NAMES.search(node.id):
        yield f"{node.id}: limits are named MAX_ or MIN_, with their unit"
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > MAX_FUNCTION_LINES:
            yield f"{node.name} has {length} lines; more than {MAX_FUNCTION_LINES} are not seen at a glance"


FRONT_ENDS = {"cli", "desktop", "demo"}
"""Packages that call services and never the store itself."""
REACHES_THROUGH = re.compile(r"session\.store\b")


def faults_of_program(path: Path, text: str) -> Iterator[str]:
    """Yield the faults of one file of the product."""
    parts = path.relative_to(ROOT).parts
    package = parts[1] if len(parts) > 2 else ""
    where = "/".join(parts)
    lines = text.count("\n")
    if lines > MAX_LINES:
        yield f"{where}: {lines} lines; more than {MAX_LINES} are not read in a sitting"
    for node in ast.walk(ast.parse(text)):
        for fault in faults_of_node(node, package, path.name):
            yield f"{where}:{getattr(node, 'lineno', 0)}: {fault}"
    if package in FRONT_ENDS:
        for number, line in enumerate(text.splitlines(), start=1):
            if REACHES_THROUGH.search(line):
                yield f"{where}:{number}: session.store: front ends call services, which alone know the store"
    if package == "desktop":
        for number, line in enumerate(text.splitlines(), start=1):
            if QT_LOOPS.search(line):
                yield f"{where}:{number}: nested event loops, processEvents and terminate break the window's order"


@cache
def page_names() -> frozenset[str]:
    """Return the file names of the Markdown pages in the repository."""
    return frozenset(path.name for path in tracked() if path.suffix == ".md")


def outside_references(path: Path, line: str) -> Iterator[str]:
    """Yield the references of a line that a clone cannot follow: to a sibling folder, or to a page or file that is missing."""
    if UPWARD.search(line):
        yield "refers to a folder beside the repository"
    for match in CITED_PAGE.finditer(line):
        if Path(match[1]).name not in page_names():
            yield f"cites {match[1]}, which is not in the repository"
    if path.suffix == ".md":
        for match in LINK.finditer(line):
            target = (path.parent / match[1]).resolve()
            if not target.is_relative_to(ROOT) or not target.exists():
                yield f"links to {match[1]}, which is not in the repository"


def faults_of_text(path: Path, text: str) -> Iterator[str]:
    """Yield the faults that any text file can have."""
    where = path.relative_to(ROOT).as_posix()
    is_lock_file = path.parent.name == "packaging" and path.suffix == ".txt"
    for number, line in enumerate(text.splitlines(), start=1):
        claim = CLAIMS.search(line)
        if claim and not DENIAL.search(line):
            yield f"{where}:{number}: “{claim.group()}” claims what nothing can keep"
        if MACHINE_PATH.search(line) and path != Path(__file__).resolve():
            yield f"{where}:{number}: a path of one machine"
        for fault in outside_references(path, line):
            yield f"{where}:{number}: {fault}"
        if is_lock_file and ADDRESS.search(line):
            yield f"{where}:{number}: an address in a lock file; the index is the machine's choice"


def faults_of_classes(programs: dict[Path, str]) -> Iterator[str]:
    """Yield the class names that stand in two modules: one name is one idea."""
    places: dict[str, list[str]] = {}
    for path, text in programs.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(path.relative_to(ROOT).as_posix())
    for name, modules in sorted(places.items()):
        if len(modules) > 1:
            yield f"class {name} stands in {' and '.join(modules)}: one name is one idea"


def faults_of_packages(programs: dict[Path, str]) -> Iterator[str]:
    """Yield the packages that are too large to be seen at a glance, or do not say what they may import."""
    sizes: dict[Path, int] = {}
    for path, text in programs.items():
        folder = path.parent
        if path.name != "__init__.py":
            sizes[folder] = sizes.get(folder, 0) + 1
        elif folder.name != PACKAGE and "import" not in (ast.get_docstring(ast.parse(text)) or "").lower():
            yield f"{path.relative_to(ROOT).as_posix()}: does not say what lives there and what it may import"
    for folder, count in sorted(sizes.items()):
        if count > MAX_MODULES:
            yield f"{folder.relative_to(ROOT).as_posix()}: {count} modules; more than {MAX_MODULES} need packages of their own"


def faults() -> Iterator[str]:
    """Yield every fault of the repository, as `file:line: reason`."""
    programs: dict[Path, str] = {}
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] == PACKAGE:
            programs[path] = text
            yield from faults_of_program(path, text)
        yield from faults_of_text(path, text)
    yield from faults_of_classes(programs)
    yield from faults_of_packages(programs)


def main() -> int:
    """Print every fault; return the exit code."""
    every = list(faults())
    for fault in every:
        print(fault)
    return 1 if every else 0


if __name__ == "__main__":
    sys.exit(main())
