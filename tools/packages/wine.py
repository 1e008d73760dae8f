"""Runs the program for Windows under Wine 8, as a smoke test: modules, verbs, and the window, unlocked and pictured.

Wine lacks three libraries that Windows has; packaging/wine has stand-ins for them, which go into the tested copy alone. What Wine cannot
show is listed in docs/windows.md.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.packages.fetching import ROOT
from tools.packages.problems import CannotBuild
from tools.packages.windows import COMPILER, TOOLS, require_tools

PARTS = ROOT / "packaging" / "wine"
STAND_INS = {"bcryptprimitives": "python", "icuuc": "Lib/site-packages/PySide6", "mscms": "python"}
"""Libraries that Wine lacks, each with the folder of the program that it goes into."""
NEEDED = {**TOOLS, "wine": "wine64", "Xvfb": "xvfb"}
PASSPHRASE = "four words of nothing"
ENTRY = {
    "kind": "concern",
    "event_at": "2026-02-03T09:00",
    "event_precision": "exact",
    "case_ref": "X000412",
    "fields": {"concern": "Monthly is unsafe.", "ask": "Move two cases."},
}
MAIL = "From: k.dale@office.example\nTo: sam@office.example\nDate: Tue, 3 Feb 2026 10:00:00 +0000\nMessage-ID: <1@office.example>\nSubject: Caseload\n\nNoted.\n"
SECONDS = 300
DISPLAY = ":97"


class Wine:
    """A copy of the program with the stand-ins, a prefix of its own, and a folder for what the program makes."""

    def __init__(self, tree: Path, work: Path) -> None:
        require_tools(NEEDED)
        self.tree, self.home, self.prefix = work / "tested", work / "home", work / "prefix"
        self.profiles = self.prefix / "drive_c" / "users"
        shutil.copytree(tree, self.tree)
        self.home.mkdir()
        for name, folder in STAND_INS.items():
            out = self.tree / folder / f"{name}.dll"
            words = [COMPILER, "-shared", "-O2", f"-o{out}", str(PARTS / f"{name}.c"), "-ladvapi32"]
            subprocess.run(words, check=True, capture_output=True)
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "DISPLAY"},
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": ";".join(f"{name}=n,b" for name in STAND_INS),
        }
        self._wine("wineboot", "--init")
        self._wine("winecfg", "-v", "win10")
        self.began = time.time()

    def python(self, *words: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run the program's Python. Standard input and output are pipes: Wine gives a program no console."""
        return self._wine(str(self.tree / "python" / "python.exe"), "-B", *words, environment=environment)

    def run_alone(self, *words: str) -> None:
        """Run a program for Windows, and require that it is done.

        Raises:
            CannotBuild: it ended with another code.
        """
        done = self._wine(*words)
        if done.returncode:
            raise CannotBuild(f"Under Wine {Path(words[0]).name} ended with {done.returncode}.")

    def program(self, verb: str, *words: str) -> str:
        """Run a verb, require that it is done, and return what it printed.

        Raises:
            CannotBuild: it ended with another code.
        """
        done = self.python("-m", "evidence_app", verb, *words)
        if done.returncode:
            raise CannotBuild(
                f"Under Wine “{verb}” ended with {done.returncode}: {(done.stdout + done.stderr).strip()[-400:]}"
            )
        return done.stdout

    def _wine(self, *words: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command = ["wine", *words] if not words[0].startswith("wine") else list(words)
        return subprocess.run(
            command,
            input="",
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**self._environment, **(environment or {})},
            timeout=SECONDS,
            check=False,
        )


def windows_path(path: Path) -> str:
    """Return a path as programs under Wine name it: Z: is the root of the machine."""
    return "Z:" + str(path).replace("/", "\\")


def check(tree: Path, setup: Path, work: Path) -> list[str]:
    """Run everything, and return what was shown, a line each. `setup` is the installer.

    Raises:
        CannotBuild: something did not work.
    """
    wine = Wine(tree, work)
    shown = [_modules(wine), *_verbs(wine)]
    with _screen():
        shown.append(_window(wine))
    return [*shown, _no_traces(wine), _installed(wine, setup)]


def _modules(wine: Wine) -> str:
    done = wine.python(windows_path(PARTS / "smoke.py"))
    if done.returncode:
        raise CannotBuild(
            f"Under Wine modules cannot be imported: {done.stdout.strip()[:400]}{done.stderr.strip()[-400:]}"
        )
    return "every module is imported"


def _verbs(wine: Wine) -> Iterator[str]:
    home = wine.home
    (home / "secret.txt").write_text(PASSPHRASE, encoding="ascii")
    (home / "entry.json").write_text(json.dumps(ENTRY), encoding="utf-8")
    (home / "mail.eml").write_text(MAIL, encoding="ascii")
    (home / "drive").mkdir()
    named = {each: windows_path(home / each) for each in ("entry.json", "mail.eml", "drive", "bundle.pdf", "back")}
    keys = ("--passphrase-file", windows_path(home / "secret.txt"))
    store = ("--store", windows_path(home / "store"), *keys)
    wine.program("init", "--owner", "Sam Rowe", "--machine", "employer", *store)
    wine.program("seal", named["entry.json"], *store)
    wine.program("import", named["mail.eml"], "--seal", "--received", *store)
    yield "init, seal, import"
    wine.program("bundle", "--profile", "officer", "--out", named["bundle.pdf"], *store)
    if "verdict: verified" not in wine.program("verify", named["bundle.pdf"]):
        raise CannotBuild("Under Wine a bundle of the program's own does not verify.")
    yield "bundle, verify"
    wine.program("check", *store)
    wine.program("backup", "--to", named["drive"], *store)
    (copy,) = (home / "drive").iterdir()
    restored = ("--store", windows_path(home / "restored"), *keys)
    wine.program("restore", windows_path(copy), "--why", "a trial", *restored)
    wine.program("check", *restored)
    yield "check, backup, restore"


def _window(wine: Wine) -> str:
    picture = wine.home / "window.png"
    words = [
        windows_path(each) for each in (PARTS / "picture.py", wine.home / "store", wine.home / "secret.txt", picture)
    ]
    done = wine.python(*words, environment={"DISPLAY": DISPLAY})
    if done.returncode or not picture.is_file():
        raise CannotBuild(f"Under Wine the window did not open ({done.returncode}): {done.stderr.strip()[-400:]}")
    return f"the window, unlocked: {picture}"


def _no_traces(wine: Wine) -> str:
    """Require that a portable session left nothing in the profile of its user, and nothing in the registry."""
    left = sorted(path for path in wine.profiles.rglob("*") if path.is_file() and path.stat().st_mtime > wine.began)
    named = [path for path in left if "Evidence" in str(path) or path.suffix == ".lnk"]
    registry = "".join(path.read_text(encoding="latin-1") for path in wine.prefix.glob("*.reg"))
    if named or "Evidence Trail" in registry:
        raise CannotBuild(f"A portable session left traces: {named or 'in the registry'}")
    changed = [path for path in wine.tree.rglob("*") if path.is_file() and path.stat().st_mtime > wine.began]
    if changed:
        raise CannotBuild(f"A portable session wrote beside the program: {changed[:3]}")
    return "no trace of a portable session in the profile, the registry, or beside the program"


def _installed(wine: Wine, setup: Path) -> str:
    """Install, look, and take it away again."""
    wine.run_alone(str(setup), "/S")
    (folder,) = wine.profiles.glob("*/AppData/Local/Programs/Evidence Trail")
    if not (folder / "python" / "pythonw.exe").is_file() or not list(wine.profiles.rglob("Evidence Trail.lnk")):
        raise CannotBuild("Under Wine the installer did not put everything in its place.")
    (folder / "letter.txt").write_text("somebody's own", encoding="ascii")
    wine.run_alone(str(folder / "Uninstall.exe"), "/S", f"_?={windows_path(folder)}")
    left = sorted(path.name for path in folder.iterdir())
    if set(left) - {"letter.txt", "Uninstall.exe"} or list(wine.profiles.rglob("Evidence Trail.lnk")):
        raise CannotBuild(f"Under Wine the uninstaller left {left}.")
    return "the installer installs for one person, and its uninstaller leaves what is somebody's own"


@contextmanager
def _screen() -> Iterator[None]:
    """Give a screen to what needs one."""
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1400x900x24"], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        server.terminate()
        server.wait()
