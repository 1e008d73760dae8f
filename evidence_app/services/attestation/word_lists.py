"""Lists of words to choose from: as the program has them, with the changes that were taken in; and changes signed for others (docs/spec/word-list.md)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.lists.word_list_file import WordListFile, read_word_list, require_sound
from evidence_app.domain.record.lists.words import WordChange, WordList
from evidence_app.domain.record.program_kinds import WORD_LIST
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.taken_word_lists import SignedList, lists_after, lists_in_force
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.signed_notes import parse_note, sign_note, verify_note
from evidence_app.proof.signing import origin_of
from evidence_app.services.attestation.cards import known_cards
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session

ITS_OWN: Final = "this store"
"""Who signed a list that the store itself made."""


def word_lists(session: Session) -> Mapping[str, WordList]:
    """Return the lists with the changes that count, by name."""
    return lists_after(session.store.records.select(Selection(kind=WORD_LIST.name)))


def today(session: Session) -> date:
    """Return the day (London) by the clock of the store."""
    return london_day(session.clock.now())


def taken_lists(session: Session) -> list[SignedList]:
    """Return the lists that were taken in and count."""
    return lists_in_force(session.store.records.select(Selection(kind=WORD_LIST.name)))


def sign_list(session: Session, title: str, changes: Sequence[WordChange]) -> str:
    """Return a word list signed by the store's log, to be handed round.

    Raises:
        InputError: the title or a change may not stand in one.
    """
    file = WordListFile(title, spell(session.clock.now().replace(microsecond=0)), tuple(changes))
    require_sound(file)
    return sign_note(session.log_key, file.spell())


def look_at_list(session: Session, untrusted: str) -> SignedList:
    """Return what a word list says and who signed it; nothing is taken in.

    Raises:
        InputError: it is none, is for a newer version, or signed by nobody known here.
        VerificationError: its signature does not fit.
    """
    try:
        signer = parse_note(untrusted).signatures[0].name
    except VerificationError as error:
        raise InputError(f"This is no word list: {error.sentence}") from error
    keys = {session.log_key.origin: (ITS_OWN, session.log_key.public)}
    keys |= {origin_of(known.card.log_key): (known.card.name, known.card.log_key) for known in known_cards(session)}
    if signer not in keys:
        raise InputError(
            f"It is signed by nobody known here: by the log {signer}. Take in the card of whoever signed it first (card --take), and compare its words with them."
        )
    name, key = keys[signer]
    verify_note(untrusted, key)
    return SignedList(read_word_list(parse_note(untrusted).text), name, signer)


def take_list(session: Session, untrusted: str) -> Sealed:
    """Take a word list in, and seal that.

    Raises:
        InputError: as `look_at_list`, or a newer or the same one by that signer was taken in already.
        VerificationError: its signature does not fit.
        EnvironmentProblem: the store cannot be written.
    """
    found = look_at_list(session, untrusted)
    before = next((each for each in taken_lists(session) if each.origin == found.origin), None)
    if before is not None and before.file.made >= found.file.made:
        which = "This word list" if before.file == found.file else "A newer word list by the same signer"
        raise InputError(f"{which} was taken in already, with record {before.index}. Nothing was changed.")
    now = spell(session.clock.now())
    fields: JsonObject = {
        "title": found.file.title,
        "signed_by": found.signed_by,
        "made_at": found.file.made,
        "changes": len(found.file.changes),
        "signer": found.origin,
        "note": untrusted,
    }
    return seal(session, Entry(WORD_LIST, now, "exact", fields))
