"""The byte code of a package's modules: so nothing is written beside them when they run, and the program starts at once."""

import shutil
import subprocess
from pathlib import Path

from tools.packages.problems import CannotBuild


def compile_modules(site: Path, version: str) -> None:
    """Compile the modules in site-packages for a version of CPython. Of other people's packages only the byte code is kept.

    It is the same whichever machine it is made on; its names of files are those within site-packages. What has changed since is not looked
    for when it runs: nothing changes in what is installed.

    Raises:
        CannotBuild: there is no such Python here, or a module of the program does not compile.
    """
    python = python_of(version)
    if python is None:
        raise CannotBuild(f"Byte code for Python {version} needs one on this machine, beside the one that builds.")
    words = [python, "-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash", "-s", str(site)]
    own = site / "evidence_app"
    others = [each for each in sorted(site.iterdir()) if each != own and not each.name.endswith(".dist-info")]
    done = subprocess.run([*words, str(own)], cwd=site, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBuild(f"A module does not compile for Python {version}: {done.stdout.strip()[-300:]}")
    # "-b" puts the byte code in the place of the source. A file that is no module, such as a template, does not compile, and stays.
    subprocess.run([*words, "-b", *map(str, others)], cwd=site, capture_output=True, check=False)
    for path in sorted(site.rglob("*.py")):
        if own not in path.parents and path.with_suffix(".pyc").is_file():
            path.unlink()


def python_of(version: str) -> str | None:
    """Return a Python of this version that runs here: of those of pyenv, or on the PATH."""
    named = [str(each) for each in (Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python")]
    for each in [*sorted(named), shutil.which(f"python{version}")]:
        if each is None:
            continue
        words = [each, "-c", "import compileall"]
        if subprocess.run(words, capture_output=True, check=False).returncode == 0:
            return each
    return None
