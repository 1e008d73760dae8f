"""A fresh Debian in a folder, in which packages are installed and run."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.packages.problems import CannotBuild

NEEDED = ("debootstrap", "chroot")
SECONDS = 1800
HOME = "/srv/sam"
ENTRY = {
    "kind": "note",
    "event_at": "2026-02-03T09:00",
    "event_precision": "exact",
    "fields": {"text": "Monthly is unsafe."},
}
SCRIPT = """
set -e
export EVIDENCE_TRAIL_STORE=/tmp/store-$1 HOME={home}
echo "four words of nothing" > /tmp/secret
$2 init --owner "Sam Rowe" --machine employer --passphrase-file /tmp/secret > /dev/null
$2 seal /tmp/entry.json --passphrase-file /tmp/secret > /dev/null
$2 bundle --profile officer --out /tmp/$1.pdf --passphrase-file /tmp/secret > /dev/null
$2 verify /tmp/$1.pdf | tail -n 1
$2 check --passphrase-file /tmp/secret | tail -n 1
QT_QPA_PLATFORM=offscreen timeout 8 $2 > /dev/null 2> /tmp/window.txt || test $? = 124 || { cat /tmp/window.txt >&2; exit 1; }
"""


@dataclass(frozen=True)
class DebianRoot:
    """A folder with a Debian in it."""

    folder: Path
    name: str

    @classmethod
    def make(cls, folder: Path, code_name: str) -> "DebianRoot | None":
        """Make one; None where this machine cannot: it needs debootstrap, root, and the archive of Debian."""
        if any(shutil.which(each) is None for each in NEEDED):
            return None
        words = ["debootstrap", "--variant=minbase", "--include=python3", code_name, str(folder)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)
        return cls(folder, code_name) if done.returncode == 0 else None

    def check(self, deb: Path, unpacking: Path) -> Iterator[str]:
        """Install both packages in turn, run them, take them away again, and yield what was shown.

        Raises:
            CannotBuild: something did not work.
        """
        for each in (deb, unpacking):
            shutil.copyfile(each, self.folder / "tmp" / each.name)
        (self.folder / "tmp" / "entry.json").write_text(json.dumps(ENTRY), encoding="utf-8")
        (self.folder / "tmp" / "run.sh").write_text(SCRIPT.replace("{home}", HOME), encoding="utf-8")
        (self.folder / HOME.lstrip("/")).mkdir(parents=True, exist_ok=True)
        self._inside("apt-get", "update", "-qq")
        self._inside("apt-get", "install", "-y", "-qq", "--no-install-recommends", f"/tmp/{deb.name}")
        self._run("deb", "evidence-trail")
        yield f"{self.name}: {deb.name} installed, used, and its window opened"
        self._inside("apt-get", "remove", "-y", "-qq", "evidence-trail")
        if (self.folder / "opt" / "evidence-trail").exists():
            raise CannotBuild(f"{self.name}: files are left when {deb.name} was removed.")
        self._inside("sh", f"/tmp/{unpacking.name}")
        self._run("run", f"{HOME}/.local/bin/evidence-trail")
        yield f"{self.name}: {unpacking.name} unpacked, used, and its window opened"

    def _run(self, name: str, program: str) -> None:
        said = self._inside("sh", "/tmp/run.sh", name, program)
        if said.count("verdict: verified") != 2:  # of the bundle, and of the store
            raise CannotBuild(f"{self.name}: what {program} made does not verify: {said[-300:]}")

    def _inside(self, *words: str) -> str:
        """Run a program in the root, and return what it printed."""
        environment = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "DEBIAN_FRONTEND": "noninteractive",
            "HOME": HOME,
            "LC_ALL": "C.UTF-8",
        }
        command = ["chroot", str(self.folder), *words]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=SECONDS, check=False)
        if done.returncode:
            raise CannotBuild(
                f"{self.name}: “{' '.join(words)}” ended with {done.returncode}: {(done.stdout + done.stderr).strip()[-500:]}"
            )
        return done.stdout
