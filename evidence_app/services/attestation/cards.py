"""Cards (signed public keys of a person): the owner's and imported ones (docs/spec/exchange.md, section 2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evidence_app.crypto.age_key import AgeKey
from evidence_app.crypto.cards import Card, is_name, read_card, words_of
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.program_kinds import CARD
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.vocabularies import COMPARED
from evidence_app.errors import InputError
from evidence_app.proof.cosigner_key import WitnessKey, witness_with_card
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.blocks import Label, read_block, write_block
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.signing import fingerprint
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session

WITNESS_KEY = "witness_key"
"""Name of the setting that holds the private Ed25519 key for cosignatures."""
AGE_KEY = "age_key"
"""Name of the setting that holds the private X25519 key for age files."""
CARD_MADE = "card"
"""Name of the setting that holds the owner's current card."""


@dataclass(frozen=True, slots=True)
class OwnCard:
    """The owner's card: the text block to give away, its eight check words, and the parsed card."""

    block: str
    words: str
    card: Card


@dataclass(frozen=True, slots=True)
class KnownCard:
    """An imported card, sealed as record `index`. `compared` is one of `COMPARED`: how its words were compared with the owner."""

    index: int
    card: Card
    words: str
    compared: str

    def to_json(self) -> JsonObject:
        """Return the card as a JSON object, the output format of the command line."""
        return {
            "record": self.index,
            "name": self.card.name,
            "role": self.card.role,
            "fingerprint": self.card.fingerprint,
            "manager": self.card.is_of_manager,
            "words": self.words,
            "compared": self.compared,
        }


def witness_key(session: Session) -> WitnessKey:
    """Return the private key for cosignatures on other logs. The first call generates and stores it.

    Raises:
        EnvironmentProblem: the key does not exist yet, and the store cannot be written.
    """
    return WitnessKey(_stored_key(session, WITNESS_KEY, WitnessKey.generate))


def age_key(session: Session) -> AgeKey:
    """Return the private key that decrypts age files to the owner. The first call generates and stores it.

    Raises:
        EnvironmentProblem: the key does not exist yet, and the store cannot be written.
    """
    return AgeKey(_stored_key(session, AGE_KEY, AgeKey.generate))


def _stored_key(session: Session, name: str, generate: Callable[[], bytes]) -> bytes:
    stored_key = session.store.setting(name)
    if stored_key is None:
        with session.store.transaction():
            stored_key = generate()
            session.store.keep_setting(name, stored_key)
    return stored_key


def own_card(session: Session) -> OwnCard:
    """Return the owner's card.

    The card is stored and returned unchanged while name, role and keys stay the same: it contains the time when it was made, and its
    words may be read out long after it was given away.

    Raises:
        InputError: the store has no valid name of its owner.
        EnvironmentProblem: a key or the card must be stored, and the store cannot be written.
    """
    name, role = (" ".join(str(session.owner.get(part, "")).split()) for part in ("person", "role"))
    if not name or not is_name(name) or not is_name(role):
        raise InputError("The store does not say whose it is, so there is no name for the card.")
    keys = witness_key(session).public, age_key(session).recipient
    content = session.store.setting(CARD_MADE)
    card = read_card(content.decode("utf-8")) if content else None
    if (
        content is None
        or card is None
        or (card.name, card.role, card.witness_key, card.recipient) != (name, role, *keys)
    ):
        of_manager = session.holder is Holder.MANAGER
        card = Card(name, role, session.log_key.public, *keys, session.clock.now(), of_manager)
        content = card.sign(session.log_key).encode("utf-8")
        with session.store.transaction():
            session.store.keep_setting(CARD_MADE, content)
    note = content.decode("utf-8")
    return OwnCard(write_block(Label.CARD, note), words_of(note), card)


def look_at_card(untrusted_text: str) -> tuple[Card, str]:
    """Parse and verify the card in a text, without importing it. Returns the card and its words.

    Raises:
        InputError: the text has no card, or it is incomplete.
        VerificationError: malformed, other-log, bad-signature.
    """
    content = read_block(untrusted_text, Label.CARD)
    return read_card(content), words_of(content)


def take_card(session: Session, untrusted_text: str, compared: str) -> Sealed:
    """Verify the card in a text and seal it. `compared` is one of `COMPARED`: how its words were compared with the owner.

    Raises:
        InputError: the text has no card, it is incomplete, it is the owner's own, or `compared` is unknown.
        VerificationError: malformed, other-log, bad-signature.
        EnvironmentProblem: the store cannot be written.
    """
    if compared not in COMPARED:
        raise InputError(f"How the words were compared is one of: {', '.join(COMPARED)}.")
    content = read_block(untrusted_text, Label.CARD)
    card = read_card(content)
    if card.log_key == session.log_key.public:
        raise InputError("This is your own card.")
    fields: JsonObject = {
        "name": card.name,
        "compared": compared,
        "words": words_of(content),
        "log_key": base64.encode(card.log_key),
        "witness_key": witness_with_card(card.witness_key).spell(),
        "card": content,
    }
    if card.role:
        fields["role"] = card.role
    return seal(session, Entry(CARD, spell(session.clock.now()), "exact", fields))


def known_cards(session: Session) -> list[KnownCard]:
    """Return the imported cards, the latest for each log key, sorted by name."""
    latest: dict[bytes, KnownCard] = {}
    for record in session.store.records.select(Selection(kind=CARD.name)):
        known = _card_in(record)
        if known.card.log_key not in latest or latest[known.card.log_key].index < known.index:
            latest[known.card.log_key] = known
    return sorted(latest.values(), key=lambda each: (each.card.name.casefold(), each.index))


def find_card(session: Session, name: str) -> KnownCard:
    """Return an imported card by its name, its words, or the fingerprint of its log key.

    Raises:
        InputError: no card matches, or several do.
    """
    typed_name = " ".join(name.split()).casefold()
    cards = known_cards(session)
    matches = [each for each in cards if typed_name in set(_names_of(each))] if typed_name else []
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise InputError(
            f"Several cards are called “{name[:60]}”. Name one by the words on it; “card --list” shows them."
        )
    raise InputError(f"There is no card of “{name[:60]}”. Take it in first: “card --take FILE”.")


def card_of_key(session: Session, key: str) -> KnownCard | None:
    """Return the latest imported card with a log key (base64) or a witness key (C2SP vkey), or None."""
    positions = session.store.records.found_by(f"card:{key}")
    return _card_in(session.store.records.get(positions[-1])) if positions else None


def _card_in(record: SealedRecord) -> KnownCard:
    fields = record.fields
    return KnownCard(record.index, read_card(str(fields["card"])), str(fields["words"]), str(fields["compared"]))


def _names_of(known: KnownCard) -> Iterator[str]:
    yield known.card.name.casefold()
    yield known.words
    yield fingerprint(known.card.log_key)
