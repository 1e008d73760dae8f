"""Cards: which keys somebody has, and the words that are read out over the telephone (exchange.md, section 2)."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Final

from evidence_app.crypto.age_key import require_recipient
from evidence_app.files import resource
from evidence_app.proof import signing
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import canonical, parse_canonical
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.proof.malformed import malformed, well_formed
from evidence_app.proof.signed_notes import parse_note, sign_note, verify_note
from evidence_app.proof.witness_key import read_vkey, spell_vkey

FIRST_LINE: Final = "evidence-trail/card/v1"
MAX_NAME_LENGTH: Final = 200
HIDDEN: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0").union(
    map(chr, range(0xFE00, 0xFE10))
)
"""Letters and marks that show nothing."""
LOOKING_ALIKE: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "FULLWIDTH", "MATHEMATICAL"})
"""Scripts that have letters which cannot be told apart: a name is in one of them."""
WORDS: Final = 8
_WORD_BITS: Final = 11


@dataclass(frozen=True, slots=True)
class Card:
    """Who says so, and the keys: of their log, for countersigning the logs of others, and for what is encrypted to them. `made_at` is in UTC."""

    name: str
    role: str
    log_key: bytes
    witness_key: bytes
    recipient: str
    made_at: datetime

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the log."""
        return signing.fingerprint(self.log_key)

    def _text(self) -> str:
        return (
            f"{FIRST_LINE}\n{canonical([self.name, self.role]).decode('utf-8')}\nlog {base64.encode(self.log_key)}\n"
            f"witness {spell_vkey(self.witness_key)}\nage {self.recipient}\nmade {spell(self.made_at)}\n"
        )

    def sign(self, key: signing.LogKey) -> str:
        """Return the card's content, signed with the key of its log."""
        return sign_note(key, self._text())


def is_name(text: str) -> bool:
    """Whether a text can stand on a card as a name or a role: on one line, without marks that are not seen, its letters of one script."""
    if len(text) > MAX_NAME_LENGTH or not text.isprintable() or text != " ".join(text.split()):
        return False
    if any(each in HIDDEN or unicodedata.category(each) in {"Cf", "Me"} for each in text):
        return False
    scripts = {unicodedata.name(each, "?").split()[0] for each in text if each.isalpha()}
    return len(scripts & LOOKING_ALIKE) <= 1


def read_card(untrusted: str) -> Card:
    """Read and verify a card. It proves that one person has all its keys, not who that is.

    Raises:
        VerificationError: malformed, other-log, bad-signature.
    """
    lines = parse_note(untrusted).text.split("\n")
    if len(lines) != 7 or lines[0] != FIRST_LINE or lines[6]:
        raise malformed("This is no card of a form that this program knows.")
    named = well_formed(lambda: parse_canonical(lines[1].encode("utf-8"), "The name"))
    if not isinstance(named, list) or len(named) != 2:
        raise malformed("The name on the card is malformed.")
    name, role = named
    if not (isinstance(name, str) and isinstance(role, str) and name and is_name(name) and is_name(role)):
        raise malformed("The name on the card is malformed.")
    log_key = well_formed(lambda: base64.decode(_after("log ", lines[2]), size=signing.PUBLIC_KEY_SIZE))
    witness_key = well_formed(lambda: read_vkey(_after("witness ", lines[3])))
    recipient = well_formed(lambda: require_recipient(_after("age ", lines[4])))
    made_at = well_formed(lambda: read_moment(_after("made ", lines[5])))
    verify_note(untrusted, log_key)
    return Card(name, role, log_key, witness_key, recipient, made_at)


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise malformed("A line of the card is missing.")
    return line.removeprefix(word)


@cache
def _word_list() -> tuple[str, ...]:
    return tuple(resource("words/english.txt").read_text(encoding="ascii").split())


def words_of(content: str) -> str:
    """Return the eight words of a card, for reading out: 88 bits of its hash, in words of the English list of BIP 39."""
    bits = int.from_bytes(sha256(content.encode("utf-8")).digest()[: WORDS * _WORD_BITS // 8], "big")
    places = [(bits >> (_WORD_BITS * (WORDS - 1 - number))) & ((1 << _WORD_BITS) - 1) for number in range(WORDS)]
    return " ".join(_word_list()[place] for place in places)
