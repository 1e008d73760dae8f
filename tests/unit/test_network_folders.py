"""A store on a network: known by the system's mounts and by the paths of Windows, and refused before anything is made."""

from pathlib import Path

import pytest

from evidence_app.errors import InputError
from evidence_app.store import network_folders
from evidence_app.store.folder_remarks import remarks_on
from evidence_app.store.network_folders import is_on_network, is_share, type_of_file_system
from tests.support import stores

MOUNTS = """\
21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
22 21 0:5 / /mnt rw - ext4 /dev/sda2 rw
23 22 0:40 / /mnt/sam/Office\\040share rw - cifs //server/share rw
24 21 0:41 / /srv/nfs rw shared:3 master:1 - nfs4 server:/x rw
25 24 0:42 / /srv/nfs/local rw - tmpfs tmpfs rw
broken line
"""


@pytest.mark.parametrize(
    ("folder", "sort"),
    [
        ("/mnt/sam/store", "ext4"),
        ("/mnt/sam/Office share/store", "cifs"),
        ("/mnt/sam/Office share", "cifs"),
        ("/mnt/sam/Office shared", "ext4"),
        ("/srv/nfs/a", "nfs4"),
        ("/srv/nfs/local/a", "tmpfs"),
        ("/", "ext4"),
    ],
)
def test_the_longest_mount_counts(folder: str, sort: str) -> None:
    assert type_of_file_system(Path(folder), MOUNTS) == sort
    assert type_of_file_system(Path(folder), "") == ""


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        (r"\\server\share\store", True),
        (r"\\?\UNC\server\share\store", True),
        (r"C:\Users\Sam\store", False),
        (r"\\?\C:\Users\Sam\store", False),
        (r"\\.\C:\store", False),
    ],
)
def test_shares_of_windows_are_known_by_their_paths(path: str, shared: bool) -> None:
    assert is_share(path) is shared


def test_no_store_is_made_on_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_on_network(tmp_path)
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"21 1 8:1 / / rw - ext4 /dev/sda1 rw\n22 21 0:40 / {tmp_path} rw - cifs //server/share rw\n")
    stores.make_store(tmp_path / "before")
    monkeypatch.setattr(network_folders, "MOUNTS", mounts)
    with pytest.raises(InputError, match=r"store is on a network\. A store needs a disk of this machine"):
        stores.make_store(tmp_path / "store")
    assert not (tmp_path / "store").exists()
    (said,) = remarks_on(tmp_path / "before")
    assert said.startswith("before is on a network")
