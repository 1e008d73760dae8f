"""The program for Linux: a Debian package, and a file that unpacks itself into the home of whoever runs it. Both have the same files.

The Python of the system runs it (3.11 on Debian 12, 3.13 on Debian 13): a package is built for each, and the file that unpacks itself has both.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from evidence_app import VERSION
from tools.packages import archives
from tools.packages.bytecode import compile_modules
from tools.packages.fetching import ROOT, Platform, build_own_wheel, fetch_wheels, unpack_wheels
from tools.packages.licences import shorten_metadata, write_licences
from tools.packages.sbom import write_sbom
from tools.packages.trimming import add_stand_ins, of_packages, trim

PARTS = ROOT / "packaging" / "linux"
TAGS = (*(f"manylinux_2_{minor}_x86_64" for minor in range(36, 16, -1)), "manylinux2014_x86_64")
"""What the C library of Debian 12 (2.36) runs."""
RELEASES = {"12": "3.11", "13": "3.13"}
"""Releases of Debian, each with its version of Python."""
DEPENDS = (
    "libegl1, libgl1, libxkbcommon0, libdbus-1-3, libfontconfig1, libglib2.0-0 | libglib2.0-0t64, libxcb-cursor0, libxcb-icccm4, "
    "libxcb-keysyms1, libxcb-shape0, libxcb-xkb1, libxkbcommon-x11-0, libxcb-image0, libxcb-render-util0, libxcb-xinerama0, libxcb-randr0"
)
HOME = "opt/evidence-trail"
ENTRIES = ("evidence-trail.desktop", "evidence-trail-look.desktop")
"""What the desktop shows in its menu, and what it opens a seal receipt with."""
START = """#!/bin/sh
# Starts Evidence Trail with the Python of the system and nothing but what is in this folder.
here=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
exec "$here/bin/python3" -B -I -m evidence_app "$@"
"""
ENVIRONMENT = "home = /usr/bin\ninclude-system-site-packages = false\n"
"""What makes the folder a virtual environment: its Python, and the processes that it starts, find the packages here and nowhere else."""
CONTROL = """Package: evidence-trail
Version: {version}+deb{release}
Architecture: amd64
Maintainer: Evidence Trail <nobody@evidence-trail.invalid>
Installed-Size: {size}
Depends: python{python}, {depends}
Section: misc
Priority: optional
Description: private, tamper-evident record of instructions, decisions and concerns
 For probation practitioners in England and Wales: what was said is sealed, receipts
 are kept, and one PDF makes the audit trail that anybody can check. It needs no
 network. The program does not give legal advice.
"""
UNPACKER = """#!/bin/sh
# Evidence Trail {version} for Linux: unpacks itself into a folder of yours, and needs no root. Usage: sh FILE [FOLDER]
set -eu
to=${{1:-"$HOME/.local/opt/evidence-trail"}}
case "$(uname -m)" in x86_64) ;; *) echo "This is for 64-bit PCs (x86_64), and this machine is another." >&2; exit 3;; esac
python=
for each in {pythons}; do
    # Asked for its own place: what is on the PATH may only choose between several.
    ask='import sys; assert "%d.%d" % sys.version_info[:2] == sys.argv[1]; print(getattr(sys, "_base_executable", sys.executable))'
    if real=$("python$each" -I -c "$ask" "$each" 2> /dev/null); then python=$each; break; fi
done
if [ -z "$python" ]; then echo "Python {either} is needed, and there is none here." >&2; exit 3; fi
if [ -e "$to" ] && [ ! -x "$to/evidence-trail" ]; then echo "$to is there already, and is not Evidence Trail: name another folder." >&2; exit 2; fi
new="$to.new"; rm -rf "$new"; mkdir -p "$new"
trap 'rm -rf "$new"' EXIT
line=$(awk '/^=+FILES$/ {{ print NR + 1; exit }}' "$0")
if ! tail -n "+$line" "$0" | tar -xzf - -C "$new" --strip-components=2 "./python$python"; then
    echo "The file is damaged, or there is no space: nothing was changed." >&2; exit 3
fi
# The Python that was found may be another than that of the system.
ln -sf "$real" "$new/bin/python3"
printf 'home = %s\\ninclude-system-site-packages = false\\n' "$(dirname -- "$real")" > "$new/pyvenv.cfg"
rm -rf "$to"; mv "$new" "$to"; trap - EXIT
menu="${{XDG_DATA_HOME:-$HOME/.local/share}}"
mkdir -p "$menu/applications" "$menu/icons/hicolor/scalable/apps" "$HOME/.local/bin"
for each in evidence-trail evidence-trail-look; do
    sed "s#^Exec=evidence-trail#Exec=\\"$to/evidence-trail\\"#" "$to/$each.desktop" > "$menu/applications/$each.desktop"
done
cp "$to/evidence-trail.svg" "$menu/icons/hicolor/scalable/apps/evidence-trail.svg"
ln -sf "$to/evidence-trail" "$HOME/.local/bin/evidence-trail"
echo "Evidence Trail is in $to. Start it from the menu, or with $HOME/.local/bin/evidence-trail."
echo "To take it away: rm -r '$to' '$HOME/.local/bin/evidence-trail' '$menu/applications/evidence-trail.desktop' '$menu/applications/evidence-trail-look.desktop'"
exit 0
=FILES
"""


def build(work: Path, version: str) -> list[Path]:
    """Build the packages, and return them.

    Raises:
        CannotBuild: a package cannot be had.
    """
    trees = {release: _tree(work, python) for release, python in RELEASES.items()}
    made = [_write_deb(tree, work, version, release) for release, tree in trees.items()]
    return [*made, _write_self_unpacking(trees, work, version), *sorted(work.glob("*-sbom.cdx.json"))]


def _tree(work: Path, python: str) -> Path:
    """Lay the program out for a version of Python: site-packages, a script that starts it, licences, and what the desktop shows."""
    platform = Platform(TAGS, python)
    folder = work / f"python{python}"
    site = folder / "lib" / f"python{python}" / "site-packages"
    wheels = fetch_wheels(platform, work / f"wheels-{python}")
    own = work / "own"
    unpack_wheels(platform, [*wheels, *(own.glob("*.whl") if own.is_dir() else [build_own_wheel(own)])], site)
    left_out = trim(site)
    # Of what is left: what was left out whole is no part.
    write_sbom(site, wheels, VERSION, work / f"evidence-trail-{VERSION}-linux-python{python}-sbom.cdx.json")
    add_stand_ins(site)
    write_licences(site, None, folder / "LICENCES.txt")
    shorten_metadata(site)
    compile_modules(site, python)
    _write(folder / "LEFT-OUT.txt", "\n".join(of_packages(left_out)) + "\n")
    _write(folder / "evidence-trail", START, executable=True)
    _write(folder / "pyvenv.cfg", ENVIRONMENT)
    (folder / "bin").mkdir()
    (folder / "bin" / "python3").symlink_to(f"/usr/bin/python{python}")
    for name in ENTRIES:
        shutil.copyfile(PARTS / name, folder / name)
    shutil.copyfile(ROOT / "resources" / "icons" / "evidence-trail.svg", folder / "evidence-trail.svg")
    return folder


def _write_deb(tree: Path, work: Path, version: str, release: str) -> Path:
    """Write a Debian package: an `ar` archive of its version, its control files and its files (deb(5))."""
    root = work / f"deb{release}"
    shutil.copytree(tree, root / HOME, symlinks=True)
    for name, source in {
        **{f"usr/share/applications/{name}": PARTS / name for name in ENTRIES},
        "usr/share/icons/hicolor/scalable/apps/evidence-trail.svg": ROOT / "resources" / "icons" / "evidence-trail.svg",
        "usr/share/mime/packages/evidence-trail.xml": PARTS / "evidence-trail.xml",
        "usr/share/doc/evidence-trail/copyright": tree / "LICENCES.txt",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, root / name)
    man = root / "usr/share/man/man1/evidence-trail.1.gz"
    man.parent.mkdir(parents=True)
    man.write_bytes(archives.gzipped((PARTS / "evidence-trail.1").read_bytes()))
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/evidence-trail").symlink_to(f"/{HOME}/evidence-trail")
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    control = work / f"control{release}"
    control.mkdir()
    facts = {"version": version, "release": release, "python": RELEASES[release], "depends": DEPENDS, "size": size}
    _write(control / "control", CONTROL.format(**facts))
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.gz", archives.gzipped(archives.tar_bytes(control))),
        ("data.tar.gz", archives.gzipped(archives.tar_bytes(root))),
    ]
    out = work / f"evidence-trail_{version}+deb{release}_amd64.deb"
    out.write_bytes(b"!<arch>\n" + b"".join(_ar_member(name, content) for name, content in members))
    return out


def _ar_member(name: str, content: bytes) -> bytes:
    made = int(archives.source_date().timestamp())
    head = f"{name:<16}{made:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode("ascii")
    return head + content + (b"\n" if len(content) % 2 else b"")


def _write_self_unpacking(trees: dict[str, Path], work: Path, version: str) -> Path:
    """Write a shell script with an archive behind it, which has the program for each version of Python."""
    joined = work / "joined"
    joined.mkdir()
    for tree in trees.values():
        tree.rename(joined / tree.name)
    pythons = sorted(RELEASES.values(), reverse=True)
    script = UNPACKER.format(version=version, pythons=" ".join(pythons), either=" or ".join(pythons))
    out = work / f"evidence-trail-{version}-linux-x86_64.run"
    out.write_bytes(script.encode("ascii") + archives.gzipped(archives.tar_bytes(joined)))
    out.chmod(0o755)
    return out


def _write(path: Path, text: str, *, executable: bool = False) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
    path.chmod(0o755 if executable else 0o644)


def check(made: list[Path], work: Path) -> Iterator[str]:
    """Install the packages in a fresh Debian, run them, and yield what was shown.

    Raises:
        CannotBuild: something did not work.
    """
    from tools.packages.debian_root import DebianRoot

    for release, code_name in (("12", "bookworm"), ("13", "trixie")):
        root = DebianRoot.make(work / code_name, code_name)
        if root is None:
            yield f"Debian {release} could not be had here: nothing was run in it"
            continue
        (deb,) = [path for path in made if f"+deb{release}_" in path.name]
        (unpacking,) = [path for path in made if path.suffix == ".run"]
        yield from root.check(deb, unpacking)
