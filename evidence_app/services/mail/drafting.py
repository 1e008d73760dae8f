"""E-mail drafts for records: preview, then write an .eml file and seal a record of it (docs/spec/mail.md, section 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from evidence_app.domain.people.recipients import Recipient, is_inside, read_recipient, warnings_about
from evidence_app.domain.record.entries import Entry, Link
from evidence_app.domain.record.fields import MAX_LINE_LENGTH
from evidence_app.domain.record.program_kinds import DRAFTED_MAIL
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.settings import Settings
from evidence_app.domain.thread.letters import LETTERS, MAX_TEMPLATE_LENGTH, Letter, Places, letter_of, write_letter
from evidence_app.domain.thread.running_limits import limit_in_force
from evidence_app.domain.time.times import london_day, names_day, typed_day
from evidence_app.domain.time.working_days import add_working_days, working_days_between
from evidence_app.errors import InputError
from evidence_app.files import file_name, read_small, resource, written_beside
from evidence_app.mail.drafting import draft_file
from evidence_app.proof.checkpoints import verify_checkpoint
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import day_in_words, spell
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings
from evidence_app.services.mail.draft_guard import Guarded, guard
from evidence_app.services.mail.mail_entries import digest_of
from evidence_app.services.mail.unsent_mail import keep_words

TICK_THE_BOX: Final = (
    "Tick “Request a Read Receipt” in your mail program before sending: some ignore the request in a draft."
)
NO_OWN_ADDRESS: Final = (
    "Your own e-mail address is not set, so the draft asks for no receipt: set it under Settings, My e-mail addresses, or tick "
    "“Request a Read Receipt” yourself."
)
NOBODY_YET: Final = "No recipient is known, so nothing that identifies a client goes in. Name one to have it checked."
BRING_BACK: Final = "When it is sent, bring the sent copy back in: only then can receipts and replies be matched to it."
TIPS: Final = (TICK_THE_BOX, BRING_BACK)
"""What is said of every draft: how it goes on from here, and nothing that is wrong with it."""
MAX_TEXT_LENGTH: Final = 100_000
"""Maximum length of the text of a draft, in characters."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Options for a draft: recipients as text, template file, subject, text, and working days until a reply is due.

    With `to` None the recipient is the person named in the record, if the settings have an address for them; an empty `to` means no
    recipient. Empty `subject` or `body` means that of the template.
    """

    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] = ()
    template: Path | None = None
    subject: str = ""
    body: str = ""
    reply_days: int | None = None


@dataclass(frozen=True, slots=True)
class DraftPreview:
    """Preview of a draft.

    `outside` is true if a recipient is outside the allow-list of the settings, or there is none; then `replaced` identifiers of
    clients are replaced by pseudonyms, and `pseudonyms` says which for whom; `question` names words about which nobody has decided. `reply_by` is a London day, `reply_days` the working days until then, `name` a file name.
    """

    record: SealedRecord
    to: tuple[Recipient, ...]
    cc: tuple[Recipient, ...]
    letter: Letter
    reply_by: date
    reply_days: int
    checkpoint_line: str
    outside: bool
    replaced: int
    warnings: tuple[str, ...]
    name: str
    pseudonyms: Mapping[str, str]
    question: str

    @property
    def cautions(self) -> tuple[str, ...]:
        """What has to be looked at before it is sent: the warnings without what is said of every draft and what the window asks for itself."""
        return tuple(each for each in self.warnings if each not in (*TIPS, NO_OWN_ADDRESS))

    @property
    def lacks_own_address(self) -> bool:
        """Whether no receipt can be asked for, because the writer's own address is not known."""
        return NO_OWN_ADDRESS in self.warnings

    @property
    def text(self) -> str:
        """The text of the mail, with the checkpoint line of the log at the end."""
        return f"{self.letter.body}\n\n{self.checkpoint_line}\n"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A written draft: its file, and the index and short code of its record."""

    path: Path
    index: int
    code: str
    preview: DraftPreview

    def to_json(self) -> JsonObject:
        """Return the result as a JSON object, the output format of the command line."""
        return {
            "file": str(self.path),
            "record": self.index,
            "code": self.code,
            "about": self.preview.record.index,
            "subject": self.preview.letter.subject,
            "reply_by": self.preview.reply_by.isoformat(),
            "identifiers_replaced": self.preview.replaced,
            "pseudonyms": dict(self.preview.pseudonyms),
            "head": self.preview.checkpoint_line,
            "warnings": list(self.preview.warnings),
        }


def preview_draft(session: Session, index: int, wish: Wish) -> DraftPreview:
    """Return the preview of the e-mail for a record. Nothing is stored.

    Raises:
        InputError: there is no letter for the kind of the record, a recipient is not one plain address, the template cannot be used, or
            the text would still identify a client to a recipient outside the allow-list.
    """
    record = session.store.records.get(index)
    if record.kind.name not in LETTERS:
        raise InputError(
            f"Record {index} is a {record.kind.label.lower()}: an e-mail is drafted for one of {', '.join(LETTERS)}."
        )
    settings = load_settings(session)
    to = _named_person(record, settings) if wish.to is None else _recipients(wish.to)
    cc = _recipients(wish.cc)
    reply_by, days = _reply_by(session, record, settings, wish)
    letter = _letter(session, record, wish, reply_by, days)
    outside = not to or not all(is_inside(each, settings.inside) for each in (*to, *cc))
    guarded = guard(session, letter, record.case_ref, (*to, *cc)) if outside else Guarded(letter)
    letter, replaced = guarded.letter, guarded.replaced
    _require_fit(letter)
    warnings = warnings_about(
        to, cc, people=settings.persons, levels=settings.levels, escalating=record.kind.name == "escalation"
    )
    if outside and replaced:
        warnings.append(
            f"{replaced} identifiers are replaced by pseudonyms: somebody is outside the secure system, or not known."
        )
    if guarded.undecided:
        warnings.append(guarded.question())
    if wish.body and not names_day(letter.body, reply_by):
        warnings.append(
            f"The text does not name the day that is sealed as the one to reply by: {day_in_words(reply_by)}."
        )
    if outside and not settings.client_names:
        warnings.append("Names of clients are known only where they are set under Settings: look for them yourself.")
    warnings += [] if to else [NOBODY_YET]
    warnings += [] if settings.own_addresses else [NO_OWN_ADDRESS]
    return DraftPreview(
        record=record,
        to=to,
        cc=cc,
        letter=letter,
        reply_by=reply_by,
        reply_days=days,
        checkpoint_line=_checkpoint_line(session),
        outside=outside,
        replaced=replaced,
        pseudonyms=guarded.pseudonyms,
        question=guarded.question() if guarded.undecided else "",
        warnings=(*warnings, *TIPS),
        name=f"{file_name(letter.subject[:60])}.eml",
    )


def write_draft(session: Session, index: int, wish: Wish, out: Path) -> Drafted:
    """Write the e-mail for a record to an .eml file, and seal a record of the draft.

    Raises:
        InputError: as in `preview_draft`, a word that goes outside may be a name and nobody has decided, or `out` cannot be a file.
        EnvironmentProblem: the file or the store cannot be written. No file is left.
    """
    if out.is_dir() or not out.parent.is_dir():
        raise InputError(f"{out.name} cannot be written there: name a file in a folder that exists.")
    preview = preview_draft(session, index, wish)
    if preview.question:
        raise InputError(preview.question)
    settings = load_settings(session)
    own = read_recipient(settings.own_addresses[0]) if settings.own_addresses else Recipient("")
    name = str(session.owner.get("person") or session.owner.get("role") or "")
    content = draft_file(
        to=preview.to,
        cc=preview.cc,
        receipt_to=replace(own, name=own.name or name),
        subject=preview.letter.subject,
        text=preview.text,
    )
    # Sealed before the file takes its name, and after it is written: no draft leaves the store without a record, and no record
    # says that there is one where it could not be written.
    with written_beside([(out, content)]) as take_names:
        sealed = seal(session, _entry(session, preview, digest_of(content)))
        take_names()
    keep_words(session, index, None)
    return Drafted(out, sealed.index, sealed.code, preview)


def _recipients(texts: Sequence[str]) -> tuple[Recipient, ...]:
    return tuple(dict.fromkeys(read_recipient(text) for text in texts if text.strip()))


def _named_person(record: SealedRecord, settings: Settings) -> tuple[Recipient, ...]:
    """Return the person named in a record as recipient, if the settings have their address."""
    value = record.fields.get("raised_with") or record.fields.get("given_by") or record.fields.get("told_to")
    name = str(value.get("person", "")) if isinstance(value, dict) else ""
    return tuple(Recipient(each.address, each.name) for each in settings.persons if name and each.name == name)[:1]


def _reply_by(session: Session, record: SealedRecord, settings: Settings, wish: Wish) -> tuple[date, int]:
    """Return the London day by which to reply, and the working days until then.

    A future date in the record comes before the settings, where a formal request may have a limit; an explicit number of days before all.
    """
    today = london_day(session.clock.now())
    stated = record.fields.get("reply_by") or record.fields.get("due")
    if wish.reply_days is None and stated and typed_day(str(stated)) > today:
        due = typed_day(str(stated))
        return due, working_days_between(today, due)
    limit = limit_in_force(record, settings.limits, today)
    if wish.reply_days is None and limit is not None:
        return limit.ends(today), working_days_between(today, limit.ends(today))
    days = wish.reply_days or settings.reply_after
    # Without the free days of the settings: those are the officer's own, and the recipient works on them.
    return add_working_days(today, days), days


def _letter(session: Session, record: SealedRecord, wish: Wish, reply_by: date, days: int) -> Letter:
    """Return subject and text from the template, with the officer's own words in their place where given.

    Raises:
        InputError: the template cannot be read, is not UTF-8, or has an unknown placeholder.
    """
    if wish.template is not None:
        template = _decoded(
            read_small(wish.template, what="The template", limit=MAX_TEMPLATE_LENGTH * 4), wish.template.name
        )
    else:
        template = resource(f"letters/{letter_of(record)}.txt").read_text(encoding="utf-8")
    earlier_records = _earlier_in_thread(session, record)
    author = ", ".join(str(session.owner[part]) for part in ("person", "role") if session.owner.get(part))
    letter = write_letter(
        template,
        Places(
            record,
            author,
            reply_by,
            days,
            meetings=[each for each in earlier_records if each.kind.name == "meeting"],
            earlier=[each for each in earlier_records if each.kind.name in LETTERS and each.kind.name != "meeting"],
        ),
    )
    return Letter(" ".join(wish.subject.split()) or letter.subject, wish.body.strip() or letter.body)


def _decoded(untrusted: bytes, name: str) -> str:
    try:
        return untrusted.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"The template {name} is not UTF-8 text.") from error


def _earlier_in_thread(session: Session, record: SealedRecord) -> list[SealedRecord]:
    """Return earlier records of the same thread in order of events: all that a record links back to, and the records linking to these."""
    records = session.store.records
    related = {record.index: record}
    waiting = [record]
    while waiting:
        for to, how in waiting.pop().links:
            if how != "follows" and to not in related:
                related[to] = records.get(to)
                waiting.append(related[to])
    for each in list(related.values()):
        related |= {later.index: later for later in records.linking_to(each.index)}
    before = [each for each in related.values() if each.index != record.index and each.event[0] <= record.event[0]]
    return sorted(before, key=lambda each: (each.event[0], each.index))


def _require_fit(letter: Letter) -> None:
    if not letter.subject.isprintable() or len(letter.subject) > MAX_LINE_LENGTH or len(letter.body) > MAX_TEXT_LENGTH:
        raise InputError("The subject must be plain text on one line, and the text not longer than 100,000 characters.")


def _checkpoint_line(session: Session) -> str:
    """Return the latest checkpoint on one line, as a mail quotes it (docs/spec/mail.md, section 5)."""
    log = session.store.log
    return verify_checkpoint(log.checkpoint(log.size()), session.log_key.public).line


def _entry(session: Session, preview: DraftPreview, digest: str) -> Entry:
    now = session.clock.now().replace(microsecond=0)
    to: list[Json] = [each.header for each in preview.to]
    cc: list[Json] = [each.header for each in preview.cc]
    fields: JsonObject = {
        "subject": preview.letter.subject,
        "to": to,
        "cc": cc,
        "receipt_requested": "read",
        "reply_by": preview.reply_by.isoformat(),
        "content": preview.text.strip(),
        "letter": letter_of(preview.record),
        "head": preview.checkpoint_line,
        "replaced": preview.replaced,
        "warnings": list(preview.warnings),
        "sha256": digest,
    }
    non_empty = {name: value for name, value in fields.items() if value not in ([], 0)}
    case_ref = preview.record.case_ref or None
    links = (Link(preview.record.index, "about"),)
    return Entry(DRAFTED_MAIL, spell(now), "exact", non_empty, case_ref=case_ref, links=links)
