#!/usr/bin/env python3
"""Set up and run the project with nothing but Python 3.11 or newer: `python3 dev.py VERB [...]`.

demo     build the invented case, export its audit trails and verify them (passes on what follows)
test     lint, types, import contracts, then every test (passes on what follows to pytest)
app      open the desktop program
lint     the checks alone, without the tests
bench    print each speed as a ratio to a floor measured in the same run
package  build into dist/: the wheel, or with --windows or --linux what people install; --check runs it
release-key  make a key that signs releases, or sign one (docs/release.md)
setup    prepare .venv alone, so that .venv/bin/evidence-trail runs
peers    install programs of other makers into .venv-peers; tests then compare the product with them (Python 3.12 or newer)
pictures take the user guide's pictures from the running program
gallery  draw every control of the window in every state and theme, as the tests compare them
labels   write what fields are called for the verifier in a browser
strings  gather the words of the window into the catalogues of its languages
map      draw the packages and their imports into docs/architecture.md and its picture
reference  write the list of verbs in docs/cli.md from the parser
lock     renew the hash-locked requirements in packaging/
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements-dev.txt"
STAMP = VENV / "installed.sha256"
"""SHA-256 of the lock file and pyproject.toml from which .venv was installed."""
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

# Shared libraries that the Qt wheels need from the system, each with its Debian package.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-randr.so.0": "libxcb-randr0",
}

VERIFIER = ROOT / "verifier"
BUILT = VERIFIER / "built"
VERIFIER_PAGE = ROOT / "resources" / "verifier" / "verify.html"
"""The verifier as one HTML file. It holds other people's code, so it is built and not committed."""
NODE_VERSION = 20
"""The oldest Node.js that builds it."""

# Programs with which tests compare the product, each with its Debian package. Without its program a test is skipped.
TEST_TOOLS = {"age": "age", "openssl": "openssl", "chromium": "chromium", "strace": "strace"}


def stop(message: str) -> None:
    """Print a message to standard error and exit with code 3."""
    print(message, file=sys.stderr)
    raise SystemExit(3)


def run(*command: str | Path, quiet: bool = False, environment: dict[str, str] | None = None) -> int:
    """Run a command in the repository and return its exit code; `quiet` discards its output."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.call([str(part) for part in command], cwd=ROOT, stdout=output, stderr=output, env=environment)


def on_debian_as_root() -> bool:
    """Return whether apt-get can install packages here: on Debian or Ubuntu, as root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_debian(packages: list[str]) -> None:
    """Install Debian packages; failures are left to the caller, which looks for what it needs again."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print("installing system packages:", " ".join(packages), file=sys.stderr)
    run("apt-get", "update", "-qq", quiet=True, environment=environment)
    install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
    if run(*install, *packages, quiet=True, environment=environment) == 0:
        return
    # apt installs none if one name is unknown, and the 64-bit time_t transition renamed some to …t64: try each alone, under both names.
    for package in packages:
        for name in (package, f"{package}t64"):
            if run(*install, name, quiet=True, environment=environment) == 0:
                break


def missing_libraries() -> list[str]:
    """Return the Debian packages of the Qt libraries that cannot be loaded."""
    missing = []
    for library, package in QT_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def ensure_system_libraries() -> None:
    """On Linux, install the libraries that Qt needs, or print the command that installs them."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_libraries()
    if not missing:
        return
    if on_debian_as_root():
        install_debian(missing)
        missing = missing_libraries()
    if missing:
        print(
            "The desktop window needs system libraries that are missing. On Debian or Ubuntu, as root:\n"
            f"  apt-get install {' '.join(missing)}",
            file=sys.stderr,
        )


def ensure_venv() -> None:
    """Create .venv and install the locked requirements, unless the stamp shows that they are installed already."""
    if sys.version_info < (3, 11):
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    digest = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == digest:
        return
    if not PYTHON.exists():
        make_venv()
    print("installing the locked requirements", file=sys.stderr)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    # What is installed is compiled when it is first loaded, or all at once beside the checks.
    if run(*pip, "--no-compile", "--require-hashes", "--only-binary", ":all:", "-r", LOCK):
        stop("The locked requirements could not be installed. Is a package index reachable?")
    if run(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT):
        stop("The project itself could not be installed into .venv.")
    STAMP.write_text(digest, encoding="ascii")


def peers() -> int:
    """Install the programs of other makers with which tests compare the product, with the newest Python that is there."""
    python = newest_python()
    if python is None:
        stop("The programs of other makers need Python 3.12 or newer, and there is none here. Their tests are skipped.")
    venv = ROOT / ".venv-peers"
    if run(str(python), "-m", "venv", "--clear", venv):
        return 3
    pip = (venv / BIN.name / PYTHON.name, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    return run(*pip, "--require-hashes", "-r", "packaging/requirements-peers.txt")


def newest_python() -> Path | None:
    """Return the newest Python of 3.12 to 3.14 that runs, on the PATH or among those of pyenv."""
    for minor in (14, 13, 12):
        found = [
            shutil.which(f"python3.{minor}"),
            *(Path.home() / ".pyenv" / "versions").glob(f"3.{minor}.*/bin/python"),
        ]
        for each in found:
            if each is not None and run(str(each), "-c", "import venv", quiet=True) == 0:
                return Path(each)
    return None


def build_verifier() -> None:
    """Build the verifier that runs in a browser, where there is Node.js, unless what was built is of the same sources."""
    sources = sorted(
        path for path in VERIFIER.rglob("*") if path.is_file() and not {"node_modules", "built"} & set(path.parts)
    )
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = BUILT / "built.sha256"
    if VERIFIER_PAGE.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None or node_version(node) < NODE_VERSION:
        print(f"The verifier for browsers is not built: it needs Node.js {NODE_VERSION} or newer.", file=sys.stderr)
        return
    print("building the verifier for browsers", file=sys.stderr)
    install = subprocess.call([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=VERIFIER)
    if install or subprocess.call([node, "build.mjs", str(VERIFIER_PAGE)], cwd=VERIFIER):
        print("The verifier for browsers could not be built. Is the npm registry reachable?", file=sys.stderr)
        return
    stamp.write_text(digest, encoding="ascii")


def node_version(node: str) -> int:
    """Return the major version of Node.js, or 0."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(said.lstrip("v").split(".")[0]) if said.startswith("v") else 0


def make_venv() -> None:
    """Create .venv; Debian packages the module `venv` separately."""
    command = (sys.executable, "-m", "venv", VENV)
    if run(*command, quiet=True) == 0:
        return
    if on_debian_as_root():
        install_debian(["python3-venv"])
        if run(*command) == 0:
            return
    stop("Python could not make a virtual environment. On Debian or Ubuntu, as root: apt-get install python3-venv")


def lint() -> int:
    """Run the static checks side by side, show what each says in turn, and return the exit code of the first that fails, or 0."""
    commands = (
        (PYTHON, "-m", "ruff", "check", "."),
        (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."),
        (PYTHON, "-m", "mypy"),
        (BIN / "lint-imports", "--no-cache"),
        (PYTHON, "tools/house_rules.py"),
    )
    with ThreadPoolExecutor() as side_by_side:
        checks = [side_by_side.submit(said_by, command) for command in commands]
    codes = []
    for command, check in zip(commands, checks, strict=True):
        print("$", " ".join(Path(part).name if isinstance(part, Path) else part for part in command), file=sys.stderr)
        code, said = check.result()
        print(said, end="", flush=True)
        codes.append(code)
    return next((code for code in codes if code), 0)


def said_by(command: tuple[str | Path, ...]) -> tuple[int, str]:
    """Run a command in the repository and return its exit code and all that it says."""
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def test(arguments: list[str]) -> int:
    """Run the static checks, and beside them what the tests need: byte code and the verifier for browsers; then pytest with these arguments."""
    with ThreadPoolExecutor() as side_by_side:
        side_by_side.submit(compile_all)
        side_by_side.submit(build_verifier)
        code = lint()
    if code:
        return code
    missing = [package for tool, package in TEST_TOOLS.items() if shutil.which(tool) is None]
    if missing and on_debian_as_root():
        install_debian(missing)
    environment = {**os.environ}
    if sys.platform.startswith("linux"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    # One process more than cores: those of the window wait for its timers a quarter of their time. All tests of a file run in the same
    # process, so that its module fixtures are set up once. In the order of the folders: the many small files of unit tests come last, and
    # no process is left alone with a long one.
    parallel = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--no-loadscope-reorder")
    return run(PYTHON, "-m", "pytest", *parallel, *arguments, environment=environment)


def compile_all() -> None:
    """Compile the program, its tests and its libraries: tests start it many times, also where Python keeps no byte code by itself."""
    libraries = subprocess.run(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    folders = ("evidence_app", "tests", "tools", libraries)
    run(PYTHON, "-m", "compileall", "-q", "-j", "0", *folders, quiet=True)


def free_folder() -> Path:
    """Return ./demo, or the first of ./demo-2, ./demo-3 … that does not exist."""
    names = ["demo", *(f"demo-{number}" for number in range(2, 1000))]
    return next(ROOT / name for name in names if not (ROOT / name).exists())


def lock() -> int:
    """Compile the hash-locked requirements from pyproject.toml with uv."""
    uv = shutil.which("uv")
    if uv is None:
        stop("Renewing the lock needs the program uv on the PATH.")
    common = (str(uv), "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes")
    output = ("--no-emit-index-url", "--no-header", "--quiet", "pyproject.toml", "-o")
    peers_lock = ("--universal", "--python-version", "3.12", "--generate-hashes", "--no-emit-index-url", "--no-header")
    return (
        run(*common, *output, "packaging/requirements.txt")
        or run(*common, "--extra", "dev", *output, "packaging/requirements-dev.txt")
        or run(
            str(uv), "pip", "compile", *peers_lock, "-q", "packaging/peers.in", "-o", "packaging/requirements-peers.txt"
        )
    )


# Verbs that run a module, with the words that come before those on the command line.
MODULES = {
    "app": ("evidence_app",),
    "bench": ("tools.benchmarks",),
    "pictures": ("tools.pictures",),
    "gallery": ("tools.gallery",),
    "strings": ("tools.strings",),
    "labels": ("tools.verifier_labels",),
    "map": ("tools.package_map",),
    "reference": ("tools.cli_reference",),
    "package": ("tools.packages",),
    "release-key": ("tools.packages.release",),
}
OTHER_VERBS = {"demo", "test", "lint", "setup"}


def main() -> int:
    """Run the verb on the command line and return its exit code."""
    verb, *rest = sys.argv[1:] or ["help"]
    if verb == "lock":
        return lock()
    if verb == "peers":
        return peers()
    if verb not in MODULES.keys() | OTHER_VERBS:
        print(__doc__, file=sys.stderr)
        return 0 if verb in {"help", "-h", "--help"} else 2
    ensure_system_libraries()
    ensure_venv()
    if verb in {"setup", "package", "demo"}:
        build_verifier()
    if verb in MODULES:
        return run(PYTHON, "-m", *MODULES[verb], *rest)
    match verb:
        case "demo":
            arguments = rest if "--out" in rest else ["--out", str(free_folder()), *rest]
            return run(PYTHON, "-m", "evidence_app", "demo", *arguments)
        case "test":
            return test(rest)
        case "lint":
            return lint()
        case _:
            return 0


if __name__ == "__main__":
    raise SystemExit(main())
