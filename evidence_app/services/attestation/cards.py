"""Cards: one's own, and those of others that were taken in (docs/spec/exchange.md, section 2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evidence_app.crypto.age_key import AgeKey
from evidence_app.crypto.cards import Card, is_name, read_card, words_of
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import CARD
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.vocabularies import COMPARED
from evidence_app.errors import InputError
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.blocks import Label, read_block, write_block
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.signing import fingerprint
from evidence_app.proof.witness_key import WitnessKey, spell_vkey
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session

WITNESS_KEY = "witness_key"
AGE_KEY = "age_key"
CARD_MADE = "card"


@dataclass(frozen=True, slots=True)
class OwnCard:
    """The owner's card as it is handed over, and the words to read out."""

    block: str
    words: str
    card: Card


@dataclass(frozen=True, slots=True)
class KnownCard:
    """A card that was taken in: record `index` says so, and whether its words were compared."""

    index: int
    card: Card
    words: str
    compared: str

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
        return {
            "record": self.index,
            "name": self.card.name,
            "role": self.card.role,
            "fingerprint": self.card.fingerprint,
            "words": self.words,
            "compared": self.compared,
        }


def witness_key(session: Session) -> WitnessKey:
    """Return the key with which the owner countersigns the logs of others; it is made when it is first asked for.

    Raises:
        EnvironmentProblem: it has to be made, and the store cannot be written.
    """
    return WitnessKey(_kept_key(session, WITNESS_KEY, WitnessKey.generate))


def age_key(session: Session) -> AgeKey:
    """Return the key that opens what is encrypted to the owner; it is made when it is first asked for.

    Raises:
        EnvironmentProblem: it has to be made, and the store cannot be written.
    """
    return AgeKey(_kept_key(session, AGE_KEY, AgeKey.generate))


def _kept_key(session: Session, name: str, generate: Callable[[], bytes]) -> bytes:
    kept = session.store.setting(name)
    if kept is None:
        with session.store.transaction():
            kept = generate()
            session.store.keep_setting(name, kept)
    return kept


def own_card(session: Session) -> OwnCard:
    """Return the owner's card: the same one each time, for its words are read out after it was handed over.

    Raises:
        InputError: the store does not say whose it is.
        EnvironmentProblem: a key has to be made, and the store cannot be written.
    """
    name, role = (" ".join(str(session.owner.get(part, "")).split()) for part in ("person", "role"))
    if not name or not is_name(name) or not is_name(role):
        raise InputError("The store does not say whose it is, so there is no name for the card.")
    keys = witness_key(session).public, age_key(session).recipient
    content = session.store.setting(CARD_MADE)
    kept = read_card(content.decode("utf-8")) if content else None
    if (
        content is None
        or kept is None
        or (kept.name, kept.role, kept.witness_key, kept.recipient) != (name, role, *keys)
    ):
        kept = Card(name, role, session.log_key.public, *keys, session.clock.now())
        content = kept.sign(session.log_key).encode("utf-8")
        with session.store.transaction():
            session.store.keep_setting(CARD_MADE, content)
    spelled = content.decode("utf-8")
    return OwnCard(write_block(Label.CARD, spelled), words_of(spelled), kept)


def look_at_card(untrusted_text: str) -> tuple[Card, str]:
    """Return a card in a text, and its words, before it is taken in.

    Raises:
        InputError: there is no card in it, or it is not whole.
        VerificationError: malformed, other-log, bad-signature.
    """
    content = read_block(untrusted_text, Label.CARD)
    return read_card(content), words_of(content)


def take_card(session: Session, untrusted_text: str, compared: str) -> Sealed:
    """Seal that a card was taken in, and how its words were compared.

    Raises:
        InputError: there is no card in it, it is not whole, or it is the owner's own.
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
        "witness_key": spell_vkey(card.witness_key),
        "card": content,
    }
    if card.role:
        fields["role"] = card.role
    return seal(session, Entry(CARD, spell(session.clock.now()), "exact", fields))


def known_cards(session: Session) -> list[KnownCard]:
    """Return the cards that were taken in, the latest of each log, in the order of their names."""
    latest: dict[bytes, KnownCard] = {}
    for record in session.store.records.select(Selection(kind=CARD.name)):
        known = _known(record)
        if known.card.log_key not in latest or latest[known.card.log_key].index < known.index:
            latest[known.card.log_key] = known
    return sorted(latest.values(), key=lambda each: (each.card.name.casefold(), each.index))


def find_card(session: Session, name: str) -> KnownCard:
    """Return a card by the name on it, its words, or the beginning of its log's fingerprint.

    Raises:
        InputError: there is none, or several are called so.
    """
    wanted = " ".join(name.split()).casefold()
    cards = known_cards(session)
    found = [each for each in cards if wanted in set(_called(each))] if wanted else []
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            f"Several cards are called “{name[:60]}”. Name one by the words on it; “card --list” shows them."
        )
    raise InputError(f"There is no card of “{name[:60]}”. Take it in first: “card --take FILE”.")


def card_of_key(session: Session, key: str) -> KnownCard | None:
    """Return the latest card with a log key (base64) or a witness key (vkey), or None."""
    positions = session.store.records.found_by(f"card:{key}")
    return _known(session.store.records.get(positions[-1])) if positions else None


def _known(record: SealedRecord) -> KnownCard:
    fields = record.fields
    return KnownCard(record.index, read_card(str(fields["card"])), str(fields["words"]), str(fields["compared"]))


def _called(known: KnownCard) -> Iterator[str]:
    yield known.card.name.casefold()
    yield known.words
    yield fingerprint(known.card.log_key)
