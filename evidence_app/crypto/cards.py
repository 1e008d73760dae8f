"""Cards: a person's public keys, and eight words to compare over the telephone (docs/spec/exchange.md, section 2)."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Final

from evidence_app.crypto.age_key import require_recipient
from evidence_app.files import resource
from evidence_app.proof import signing
from evidence_app.proof.cosigner_key import read_vkey, witness_with_card
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import canonical, parse_canonical
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.proof.malformed import malformed, well_formed
from evidence_app.proof.signed_notes import parse_note, sign_note, verify_note

FIRST_LINE: Final = "evidence-trail/card/v1"
"""First line of a card: its format and version."""
OF_MANAGER: Final = "evidence-trail/card/v2", "for manager"
"""First line of a manager's card, and its last. A program that does not know managers refuses it, and hands nothing over to one."""
MAX_NAME_LENGTH: Final = 200
"""Maximum length of a name or role, in characters."""
HIDDEN: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0").union(
    map(chr, range(0xFE00, 0xFE10))
)
"""Invisible letters and marks of other Unicode categories than Cf, among them the variation selectors."""
LOOKING_ALIKE: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "FULLWIDTH", "MATHEMATICAL"})
"""First words of the Unicode names of letters that look alike across scripts: a name may use one of these scripts only."""
WORDS: Final = 8
"""Number of words of a card."""
# One of 2,048 words.
_WORD_BITS: Final = 11


@dataclass(frozen=True, slots=True)
class Card:
    """A person's name, role and public keys: of their log, as a witness, and their age recipient. `made_at` is UTC.

    `is_of_manager` says that the store is a manager's: what is for a union is not handed over to it.
    """

    name: str
    role: str
    log_key: bytes
    witness_key: bytes
    recipient: str
    made_at: datetime
    is_of_manager: bool = False

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the log (docs/spec/record-log.md, section 6)."""
        return signing.fingerprint(self.log_key)

    def _text(self) -> str:
        first, last = (OF_MANAGER[0], f"{OF_MANAGER[1]}\n") if self.is_of_manager else (FIRST_LINE, "")
        return (
            f"{first}\n{canonical([self.name, self.role]).decode('utf-8')}\nlog {base64.encode(self.log_key)}\n"
            f"witness {witness_with_card(self.witness_key).spell()}\nage {self.recipient}\nmade {spell(self.made_at)}\n{last}"
        )

    def sign(self, key: signing.LogKey) -> str:
        """Return the card as a signed note by the key of its log."""
        return sign_note(key, self._text())


def is_name(text: str) -> bool:
    """Return whether a text is valid as a name or role: one line, no invisible marks, letters of one script."""
    if len(text) > MAX_NAME_LENGTH or not text.isprintable() or text != " ".join(text.split()):
        return False
    # Cf are format characters, such as joiners and direction marks; Me are enclosing marks.
    if any(character in HIDDEN or unicodedata.category(character) in {"Cf", "Me"} for character in text):
        return False
    # A Unicode name begins with the script, such as "CYRILLIC SMALL LETTER A": two scripts could imitate another name.
    scripts = {unicodedata.name(character, "?").split()[0] for character in text if character.isalpha()}
    return len(scripts & LOOKING_ALIKE) <= 1


def read_card(untrusted: str) -> Card:
    """Parse and verify a card. It proves that its keys belong together, not to whom: for that the words are compared.

    Raises:
        VerificationError: malformed, other-log, bad-signature.
    """
    lines = parse_note(untrusted).text.split("\n")
    of_manager = (lines[0], *lines[6:]) == (*OF_MANAGER, "")
    if not of_manager and (len(lines) != 7 or lines[0] != FIRST_LINE or lines[6]):
        raise malformed("This is no card of a form that this program knows.")
    names = well_formed(lambda: parse_canonical(lines[1].encode("utf-8"), "The name"))
    if not isinstance(names, list) or len(names) != 2:
        raise malformed("The name on the card is malformed.")
    name, role = names
    if not (isinstance(name, str) and isinstance(role, str) and name and is_name(name) and is_name(role)):
        raise malformed("The name on the card is malformed.")
    log_key = well_formed(lambda: base64.decode(_after("log ", lines[2]), size=signing.PUBLIC_KEY_SIZE))
    cosigner = well_formed(lambda: read_vkey(_after("witness ", lines[3])))
    if not cosigner.is_of_card:
        raise malformed("The witness key on the card has a name that is not made from it.")
    recipient = well_formed(lambda: require_recipient(_after("age ", lines[4])))
    made_at = well_formed(lambda: read_moment(_after("made ", lines[5])))
    verify_note(untrusted, log_key)
    return Card(name, role, log_key, cosigner.public, recipient, made_at, of_manager)


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise malformed("A line of the card is missing.")
    return line.removeprefix(word)


@cache
def _word_list() -> tuple[str, ...]:
    return tuple(resource("words/english.txt").read_text(encoding="ascii").split())


def words_of(content: str) -> str:
    """Return the eight words of a card's content: 88 bits of its SHA-256, in words of the English list of BIP 39."""
    bits = int.from_bytes(sha256(content.encode("utf-8")).digest()[: WORDS * _WORD_BITS // 8], "big")
    # 11 bits for each word, most significant first.
    indexes = [(bits >> (_WORD_BITS * (WORDS - 1 - number))) & ((1 << _WORD_BITS) - 1) for number in range(WORDS)]
    return " ".join(_word_list()[index] for index in indexes)
