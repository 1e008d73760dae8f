"""Files made to take all memory or all day: `verify` gives up with one sentence, and says nothing of them that it does not know."""

import io
import os
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest

from tests.support import program

LIMIT_KIB = 1_100_000
"""The most memory that a worker may have had, in KiB: 1 GiB beside what the interpreter and its libraries take in fact."""


def inflating(size: int) -> bytes:
    """Return what inflates to so many spaces."""
    # Packed quickly: what is packed twice is small all the same.
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()


def wide_pages(pdf: pikepdf.Pdf) -> None:
    data = inflating(250_000_000)
    stream = pdf.make_stream(b"")
    stream.write(data, filter=pikepdf.Name.FlateDecode)
    for page in pdf.pages[:3]:
        page.obj.Contents = pikepdf.Array([stream] * 8)


def doubly_packed_manifest(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.Names.EmbeddedFiles.Names[1].EF.F
    packed = zlib.compress(inflating(1_000_000_000), 9)
    stream.write(packed, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))


MEASURED = (
    "import resource, subprocess, sys; code = subprocess.call(sys.argv[2:]);"
    " open(sys.argv[1], 'w').write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)); sys.exit(code)"
)
"""Runs a program and writes its peak memory in KiB to a file: that of all children of the tests would be of other tests too."""


@pytest.mark.parametrize("change", [wide_pages, doubly_packed_manifest], ids=lambda change: change.__name__)
def test_a_small_file_that_unfolds_without_end_is_given_up(change, samples: Path, tmp_path: Path) -> None:
    output = io.BytesIO()
    with pikepdf.open(samples / "made-by-0.1.0" / "audit-trail.pdf") as pdf:
        change(pdf)
        pdf.save(output, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    path = tmp_path / "bomb.pdf"
    path.write_bytes(output.getvalue())
    peak = tmp_path / "peak"
    measured = [sys.executable, "-c", MEASURED, str(peak), *program.command()]
    done = program.run("verify", path, "--json", home=tmp_path / "home", program=measured).expect(1)
    assert done.json["verdict"] in {"unreadable", "altered"}
    assert "verified" not in {check["verdict"] for check in done.json["checks"] if check["name"].startswith("page ")}
    assert int(peak.read_text(encoding="ascii")) < LIMIT_KIB


@pytest.mark.parametrize("name", ["header.json", "records.db"])
def test_a_store_whose_files_are_no_files_is_refused_at_once(name: str, store_path: Path, run_cli) -> None:
    (store_path / name).unlink()
    (store_path / name).symlink_to("/dev/zero")
    run_cli("list", store=store_path).refused(3)
    (store_path / name).unlink()
    os.mkfifo(store_path / name)
    run_cli("list", store=store_path).refused(3)


@pytest.mark.parametrize("verb", ["verify"])
def test_what_is_no_file_is_refused_at_once(verb: str, tmp_path: Path, run_cli) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "is no file" in run_cli(verb, pipe).refused(2)
    assert "is no file" in run_cli(verb, "/dev/zero").refused(2)
