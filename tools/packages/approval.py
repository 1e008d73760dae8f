"""The approval pack: what an employer's security team asks of a program, as one accessible PDF, and a sheet for staff.

It is drawn by the program's own page layer. What it says of files comes from dist/, of parts from the bills of materials there, and that no
socket opens from a run of the test that watches for them.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from evidence_app import VERSION
from evidence_app.bundle.pdf.assembly import unsigned
from evidence_app.bundle.typeset.canvas import PageDrawer, PageFurniture
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from tools.packages import archives
from tools.packages.fetching import ROOT
from tools.packages.problems import CannotBuild

MARKING = "EVIDENCE TRAIL – FOR APPROVAL"
WATCH = ("tests/faults/test_no_socket.py",)
LINES = 4
"""Empty lines for what a database of weaknesses answered."""
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "What it is",
        (
            "A desktop program with which probation practitioners write down instructions, decisions and concerns when they happen. An entry "
            "is sealed: what was changed afterwards shows. Mails and receipts are kept beside it, and one PDF makes an audit trail that anybody "
            "can check, without the program too. It is tamper-evident; it makes nothing true that was not, and gives no legal advice.",
            "It is free software under the MIT licence. Its source, its specifications, its threat model and its tests are in one repository.",
        ),
    ),
    (
        "What it does not do",
        (
            "It has no account, no server, no telemetry, no automatic update and no licence check. It runs without administrator rights, installs "
            "no service and no driver, and starts with nothing. It does not read what other programs hold: mails are given to it as files.",
        ),
    ),
    (
        "Where data is",
        (
            "In one folder that its user chooses, the store. Records, files and the search index are in a database that is encrypted as a whole "
            "(SQLCipher 4: AES-256 in CBC mode, HMAC-SHA-512 for each page). The data key is random; a passphrase and a recovery code each unwrap "
            "it (Argon2id, then AES key wrap, RFC 3394). Who has neither cannot open it, and nobody can reset it.",
            "A store is not made on a network drive, and its user is warned of folders that a program synchronises. A backup is an encrypted copy.",
            "What leaves the store leaves by its user's hand: a bundle as PDF, an e-mail as a file, a hand-over that is encrypted to its receiver (age). Each is itself recorded.",
        ),
    ),
    (
        "What it writes, and where",
        (
            "The store; the files that its user saves; and, where a fault of the program ends it, the place in its code and no content: "
            "%LOCALAPPDATA%\\Evidence Trail\\faults.log, or ~/.local/state/evidence-trail/faults.log.",
            "Where its user ticks that a store is remembered: its folder and the window's place, beside that file. No registry value but those of the "
            "installer (its folder, its entry under Apps, the type .tlog-proof). No recent files, no temporary files with content, no crash dumps.",
        ),
    ),
    (
        "Network",
        (
            "None, as it comes. One setting, off until it is switched on, lets its user ask a time-stamping authority (RFC 3161) or a witness (C2SP) "
            "that they entered themselves: then a hash and a number leave by HTTP or HTTPS to that address, the authority's revocation lists are "
            "fetched, and no word of any record goes. One module of the source may open a connection; a check of every build refuses it anywhere else. "
            "No other client for HTTP is inside.",
        ),
    ),
    (
        "Files from outside",
        (
            "PDFs, pictures, Office files and mails are opened by separate processes without the keys, which give up the network and writing where the "
            "system lets them, with bounds on size, time and memory. Nothing in them is run. A file that cannot be shown safely is kept and named.",
        ),
    ),
    (
        "Data protection",
        (
            "Purpose: a practitioner's own record of what they were told and did at work, kept on the employer's machine. Whose data: colleagues, and "
            "people under supervision by their case reference. The employer stays the controller of what is recorded in its service; its policy says "
            "how long and by whom. The program offers dates for review, deletion that leaves a trace of what went, and answers to subject access requests.",
            "Minimisation: fields are optional; bundles withhold word by word, replace names by pseudonyms, and the finished file is searched for what "
            "was withheld. On a machine that is not the employer's, entries that identify a client are refused.",
            "Risks, and what is done: a lost machine (encryption), a wrong recipient (a guard over drafts and bundles), a forgotten passphrase "
            "(a recovery code on paper), somebody who looks over a shoulder (locking, no capture of the screen on Windows), a forced change (sealing, witnesses, time stamps). "
            "What is not covered: a machine under somebody else's control while the store is open.",
        ),
    ),
    (
        "How to ask about its parts",
        (
            "Each package has a bill of materials beside it (CycloneDX 1.6, …-sbom.cdx.json) with the name, version, package URL and SHA-256 of every "
            "part. Give it to the scanner that you use; with OSV-Scanner: osv-scanner scan --sbom FILE. Databases change every day, so no answer is printed here. Write yours down:",
        ),
    ),
)
STAFF = (
    "What it is: your own sealed record of what you were told, decided and raised, at work. It is not nDelius, and does not take its place.",
    "Where it is: in a folder on this machine, encrypted. Your passphrase is not known to anybody, and cannot be reset. Keep the recovery code on paper, locked away at work.",
    "What goes in: what was said, by whom, when; what you decided and why; what you raised. Case references, and names only where they are needed.",
    "What stays in: everything, until you make a bundle or draft an e-mail. Send what identifies a client to nobody outside the secure system.",
    "Back it up: Safekeeping, Back up now, onto a drive that your employer allows. The program says when the last one is old.",
    "Sealed means: it cannot be changed unnoticed. A mistake is mended by an addendum.",
    "Marked private and confidential does not mean secret: what you record may be asked for in a review, a claim or a request by whom it is about.",
    "The program does not give legal advice. Ask your union or a lawyer.",
)


def build(work: Path, dist: Path) -> list[Path]:
    """Write the pack and the sheet for staff, from what is in dist/.

    Raises:
        CannotBuild: nothing is there to approve, or the test that watches for sockets fails.
    """
    packages = (
        sorted(path for path in dist.iterdir() if path.suffix in {".zip", ".exe", ".msi", ".deb", ".run"})
        if dist.is_dir()
        else []
    )
    if not packages:
        raise CannotBuild("There is nothing to approve in dist/: build the packages first, with --windows or --linux.")
    pack, sheet = work / f"evidence-trail-{VERSION}-approval.pdf", work / f"evidence-trail-{VERSION}-staff-sheet.pdf"
    title = f"Evidence Trail {VERSION}: for approval"
    pack.write_bytes(_drawn(_pack(packages, sorted(dist.glob("*-sbom.cdx.json"))), title))
    sheet.write_bytes(_drawn(_sheet(), f"Evidence Trail {VERSION}: for staff", "EVIDENCE TRAIL – FOR STAFF"))
    return [pack, sheet]


def _drawn(flow: PageWriter, title: str, marking: str = MARKING) -> bytes:
    flow.pages[-1].keys["last"] = 0.0
    drawer = PageDrawer(flow.pages, PageFurniture(marking, title))
    drawn = drawer.draw(flow.bookmarks, lambda _: None)
    return unsigned(drawn, drawer.structure, title, archives.source_date(), drawer.page_numbers)


def _pack(packages: list[Path], bills: list[Path]) -> PageWriter:
    flow = PageWriter("Evidence Trail")
    flow.heading(f"Evidence Trail {VERSION}: for approval", "title")
    for number, (title, paragraphs) in enumerate(SECTIONS, start=1):
        flow.heading(title, f"section {number}", level=1)
        for each in paragraphs:
            flow.paragraph(each, after=6)
        if title == "Network":
            _socket_test(flow)
    _answers(flow)
    flow.heading("Files", "files", level=1)
    flow.paragraph("Compare each file with its SHA-256 before it is handed out.", after=6)
    columns = (Column("File", 0, 215), Column("MB", 215, 40), Column("SHA-256", 255, flow.width - 255))
    table(
        flow,
        columns,
        [Row((path.name, f"{path.stat().st_size / 1000**2:.1f}", _grouped(_digest(path)))) for path in packages],
    )
    for bill in bills:
        flow.heading(f"Parts: {bill.name.removesuffix('-sbom.cdx.json')}", bill.name, level=1)
        columns = (Column("Part", 0, 180), Column("Version", 180, 90), Column("Licence", 270, flow.width - 270))
        table(flow, columns, [Row(each) for each in _parts(bill)])
    flow.heading("Contact", "contact", level=1)
    flow.paragraph(
        "A weakness: privately to a maintainer, as SECURITY.md in the repository says. Anything else: an issue in the repository."
    )
    return flow


def _sheet() -> PageWriter:
    flow = PageWriter("Evidence Trail")
    flow.heading("Evidence Trail: what you need to know", "title")
    for each in STAFF:
        flow.paragraph(each, after=10)
    return flow


def _socket_test(flow: PageWriter) -> None:
    """Run the test that watches for sockets, and print what it said.

    Raises:
        CannotBuild: it fails.
    """
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *WATCH]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBuild(f"The test that watches for sockets fails: {done.stdout.strip()[-300:]}")
    last = done.stdout.strip().splitlines()[-1]
    flow.paragraph(
        f"A test ends the program at the first socket while stores are made, filled, exported, verified and checked ({WATCH[0]}). Its output for this pack: {last}",
        after=6,
    )


def _answers(flow: PageWriter) -> None:
    columns = (
        Column("Day", 0, 80),
        Column("Database and scanner", 80, 150),
        Column("Answer", 230, 180),
        Column("Who", 410, flow.width - 410),
    )
    table(flow, columns, [Row(("…", "", "", ""))] * LINES)


def _parts(bill: Path) -> Iterator[tuple[str, str, str]]:
    for each in json.loads(bill.read_text(encoding="utf-8"))["components"]:
        named = [
            entry.get("expression") or entry["license"].get("id") or entry["license"]["name"]
            for entry in each.get("licenses", [])
        ]
        yield each["name"], each["version"], ", ".join(named) or "see LICENCES.txt"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
