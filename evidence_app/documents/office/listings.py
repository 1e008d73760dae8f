"""Lists of values: comma-separated tables (.csv), calendar items (.ics) and contacts (.vcf)."""

import csv
import io
import quopri
import re
from collections.abc import Iterator
from typing import Final

from evidence_app.documents.office.containers.zip_parts import BROKEN
from evidence_app.documents.office.content import (
    MAX_COLUMNS,
    MAX_ROWS,
    Block,
    CannotRead,
    ContentTable,
    DocumentContent,
    Run,
    plain,
)
from evidence_app.documents.plain_text import decoded

DELIMITERS: Final = ",;\t|"
SAMPLE: Final = 8_192
MAX_FIELD: Final = 1_000_000
FOLDED_BYTES: Final = re.compile(rb"\r?\n[ \t]")
"""A line that goes on (RFC 5545, section 3.1; RFC 6350, section 3.2)."""
PROPERTY: Final = re.compile(r"((?:[A-Za-z0-9-]+\.)?[A-Za-z0-9_-]+)((?:;(?:\"[^\"]*\"|[^\":])*)?):(.*)", re.DOTALL)
"""A line of a calendar or contact: its name, its parameters, its value."""
ESCAPED: Final = re.compile(r"\\([nN,;:\\])")
IN_WORDS: Final = {
    "SUMMARY": "What it is called",
    "DESCRIPTION": "What it says",
    "LOCATION": "Where",
    "DTSTART": "Begins",
    "DTEND": "Ends",
    "DUE": "Due",
    "DURATION": "How long",
    "RRULE": "Repeated",
    "STATUS": "How it stands",
    "ORGANIZER": "Called by",
    "ATTENDEE": "Invited",
    "METHOD": "What was sent",
    "COMMENT": "Remark",
    "FN": "Name",
    "N": "Name in parts",
    "ORG": "Organisation",
    "TITLE": "Position",
    "TEL": "Telephone",
    "EMAIL": "E-mail address",
    "ADR": "Address",
    "BDAY": "Born on",
    "NOTE": "Note",
}
"""Names of properties in plain words."""
IN_PARTS: Final = frozenset({"N", "ADR", "ORG"})
"""Properties whose value has parts, apart at semicolons."""
BEGIN: Final = {
    "VEVENT": "Appointment",
    "VTODO": "Task",
    "VJOURNAL": "Journal entry",
    "VCARD": "Contact",
    "VALARM": "Reminder",
}
DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?")
DATED: Final = frozenset(
    {"DTSTART", "DTEND", "DUE", "DTSTAMP", "CREATED", "LAST-MODIFIED", "RECURRENCE-ID", "COMPLETED"}
)


def csv_content(untrusted: bytes) -> DocumentContent:
    """Return a list as a table; what follows the first `MAX_ROWS` rows is counted."""
    text = decoded(untrusted).lstrip("\ufeff")
    try:
        dialect = csv.Sniffer().sniff(text[:SAMPLE], DELIMITERS)
        delimiter = dialect.delimiter
    except csv.Error:
        delimiter = ","
    rows: list[tuple[tuple[Run, ...], ...]] = []
    count = width = 0
    csv.field_size_limit(MAX_FIELD)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if not any(cell.strip() for cell in row):
                continue
            count += 1
            width = max(width, len(row))
            if count <= MAX_ROWS:
                rows.append(tuple((Run(cell),) if cell else () for cell in row[:MAX_COLUMNS]))
    except csv.Error as error:
        raise CannotRead(BROKEN) from error
    blocks: list[Block] = [ContentTable(tuple(rows))] if rows else []
    if width > MAX_COLUMNS:
        blocks.append(plain(f"[The first {MAX_COLUMNS} of {width:,} columns. The whole is in the original file.]"))
    if count > MAX_ROWS:
        blocks.append(plain(f"[The first {MAX_ROWS:,} of {count:,} rows. The whole is in the original file.]"))
    return DocumentContent(tuple(blocks))


def calendar_content(untrusted: bytes) -> DocumentContent:
    """Return a calendar item or a contact as its properties, line by line (RFC 5545; RFC 6350).

    Raises:
        CannotRead: it is neither.
    """
    # Lines are folded in bytes, within a letter too (RFC 5545, section 3.1).
    text = decoded(FOLDED_BYTES.sub(b"", untrusted)).lstrip("\ufeff")
    if not text.lstrip().upper().startswith("BEGIN:V"):
        raise CannotRead(BROKEN)
    return DocumentContent(tuple(_components(text)))


def _components(text: str) -> Iterator[Block]:
    rows: list[tuple[tuple[Run, ...], ...]] = []
    soft = False
    for line in re.split(r"\r?\n", text):
        match = None if soft else PROPERTY.fullmatch(line)
        if match is None:
            # A line that a program did not fold goes on from the one before it: no word is dropped.
            if line.strip() and rows:
                heading, said_before = rows[-1][0], rows[-1][1][0].text
                rows[-1] = (heading, (Run(f"{said_before}{'' if soft else chr(10)}{_plain_line(line, coded=soft)}"),))
            soft = soft and line.endswith("=")
            continue
        name, parameters, value = match[1].upper().rpartition(".")[2], match[2].lstrip(";"), match[3]
        if name == "BEGIN":
            yield from _table(rows)
            rows = []
            if value.upper() in BEGIN:
                yield plain(f"{BEGIN[value.upper()]} ({value.upper()})", 3)
        elif name != "END":
            label = f"{IN_WORDS[name]} ({name})" if name in IN_WORDS else name
            soft = "QUOTED-PRINTABLE" in parameters.upper() and value.endswith("=")
            value = _plain_line(value, coded="QUOTED-PRINTABLE" in parameters.upper())
            rows.append(((Run(f"{label}{'; ' + parameters if parameters else ''}"),), (Run(_value(name, value)),)))
    yield from _table(rows)


def _plain_line(line: str, *, coded: bool) -> str:
    """Return a line of a value, decoded where it is coded as contacts of version 2.1 code theirs (quoted-printable)."""
    return quopri.decodestring(line.encode("utf-8")).decode("utf-8", "replace") if coded else line


def _table(rows: list[tuple[tuple[Run, ...], ...]]) -> Iterator[ContentTable]:
    if rows:
        yield ContentTable(tuple(rows))


def _value(name: str, value: str) -> str:
    """Return a value as it is meant: without escapes, its parts apart at commas, a moment readable and as written."""
    day = DAY.fullmatch(value) if name in DATED else None
    if day:
        time = f" {day[4]}:{day[5]}" if day[4] else ""
        return f"{day[3]}/{day[2]}/{day[1]}{time}{' UTC' if day[7] else ''} ({value})"
    if name in IN_PARTS:
        parts = [part.strip() for part in re.split(r"(?<!\\);", value)]
        value = ", ".join(part for part in parts if part)
    return ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
