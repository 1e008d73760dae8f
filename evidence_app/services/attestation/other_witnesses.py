"""Witnesses of other makers: C2SP cosigners that are trusted by their key, asked by file or over the network (docs/spec/exchange.md, section 9)."""

import re
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.fields import MAX_LINE_LENGTH
from evidence_app.domain.record.program_kinds import WITNESS_KEY
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.vocabularies import UNION_ADVICE
from evidence_app.errors import EnvironmentProblem, EvidenceError, InputError, VerificationError
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.cosignatures import is_line_of, verify_line
from evidence_app.proof.cosigner_key import CosignerKey, read_vkey
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.blocks import has_block
from evidence_app.proof.encoding.json import Json, JsonObject, canonical, parse
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.malformed import malformed, read_decimal
from evidence_app.proof.signed_notes import SignatureLine, parse_note, sign_note
from evidence_app.services.attestation.witnessing import seal_cosignature, take_answer, witnessed
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings

SHOWN: Final = "witness_heads_shown"
"""Name of the setting with the sizes of the log at which a head was shown to a witness, the latest last."""
MAX_SHOWN: Final = 100
MAX_NAME_LENGTH: Final = 100
MAX_TEXT_LENGTH: Final = 200_000
"""Characters of an answer that is looked through."""
_AROUND: Final = " \t\r>|\u00a0"
"""What mail programs put before and behind a line."""
_GOES_ON: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}")
"""The rest of a signature line that a mail program broke."""
SIZE_CONTENT: Final = "text/x.tlog.size"
"""Content type of the size that a witness answers with (C2SP tlog-witness)."""


@dataclass(frozen=True, slots=True)
class TrustedWitness:
    """A witness without a card, sealed as record `index`. `address` is the prefix of its add-checkpoint, and may be empty.

    `restricted_to` is one of `ADVICE` where its countersignatures are kept from the employer, or empty.
    """

    index: int
    name: str
    key: CosignerKey
    address: str
    restricted_to: str

    def to_json(self) -> JsonObject:
        """Return the witness as a JSON object, the output format of the command line."""
        return {"record": self.index, "name": self.name, "key": self.key.spell(), "address": self.address}


def trust(session: Session, untrusted_vkey: str, name: str, address: str = "", *, of_union: bool = False) -> Sealed:
    """Seal a witness as trusted, with its key. That of a union, with `of_union`, is kept from the employer: its name may reveal the membership.

    Raises:
        InputError: the name, the key or the address is invalid, or the key is that of a card or of another name.
        EnvironmentProblem: the store cannot be written.
    """
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME_LENGTH or not name.isprintable():
        raise InputError(f"A witness has a name of at most {MAX_NAME_LENGTH} characters.")
    try:
        key = read_vkey(untrusted_vkey.strip())
    except InputError as error:
        raise InputError(
            "That is no key of a witness: it is one line, NAME+ID+KEY, of the type Ed25519 or ML-DSA-44 for cosignatures (C2SP tlog-cosignature)."
        ) from error
    if key.is_of_card:
        raise InputError("That is the key of somebody with a card. Take in the card: its words can be compared.")
    others = [each for each in trusted_witnesses(session) if each.name.casefold() != name.casefold()]
    if any(each.key == key for each in others):
        raise InputError("That key is trusted under another name already.")
    fields: JsonObject = {"name": name, "witness_key": key.spell()}
    if address:
        from evidence_app.network import require_address

        fields["address"] = require_address(address)[:MAX_LINE_LENGTH]
    if of_union:
        fields["restricted_to"] = UNION_ADVICE
    return seal(session, Entry(WITNESS_KEY, spell(session.clock.now()), "exact", fields))


def trusted_witnesses(session: Session) -> list[TrustedWitness]:
    """Return the trusted witnesses without a card, the latest record of each name, sorted by name."""
    latest: dict[str, TrustedWitness] = {}
    for record in session.store.records.select(Selection(kind=WITNESS_KEY.name)):
        fields = record.fields
        name = str(fields["name"])
        latest[name.casefold()] = TrustedWitness(
            record.index,
            name,
            read_vkey(str(fields["witness_key"])),
            str(fields.get("address", "")),
            record.restricted,
        )
    return [latest[name] for name in sorted(latest)]


def find_witness(session: Session, name: str) -> TrustedWitness | None:
    """Return the trusted witness with this name, or None."""
    wanted = " ".join(name.split()).casefold()
    return next((each for each in trusted_witnesses(session) if each.name.casefold() == wanted), None)


def log_vkey(session: Session) -> str:
    """Return the log's own key as a C2SP vkey, which the operator of a witness needs to know it."""
    from evidence_app.proof.signing import key_id

    origin, public = session.log_key.origin, session.log_key.public
    return f"{origin}+{key_id(origin, public).hex()}+{base64.encode(bytes([1]) + public)}"


# Asking


def request_body(session: Session, start: int) -> bytes:
    """Return the body of an add-checkpoint request (C2SP tlog-witness) for the latest head, from a size that the witness knows; it is remembered.

    Raises:
        InputError: `start` is not a size of this log.
        EnvironmentProblem: the store cannot be written.
    """
    size = session.store.log.size()
    if not 0 <= start <= size:
        raise InputError(f"The log has {size} records: a request cannot begin at {start}.")
    proof = session.store.log.consistency_proof(start, size) if 0 < start < size else []
    hashes = "".join(f"{base64.encode(digest)}\n" for digest in proof)
    _remember_shown(session, size)
    return f"old {start}\n{hashes}\n{session.store.log.checkpoint(size)}".encode()


def known_size(session: Session, witness: TrustedWitness) -> int:
    """Return the size that a witness countersigned last, as far as this log knows, or 0."""
    return max((each.checkpoint.size for each in witnessed(session) if each.is_by(witness.key)), default=0)


def send(session: Session, where: str) -> list[Sealed]:
    """Show the head to a witness over the network and take in its answer. `where` is the name of a trusted witness, or an address.

    Raises:
        InputError: the setting is off, the name is not known or has no address, or the answer was taken in before.
        VerificationError: the answer has no cosignature that holds; or the witness knows another past of this log.
        EnvironmentProblem: the witness cannot be reached or does not countersign, or the store cannot be written.
    """
    if not load_settings(session).time_stamps_over_network:
        raise InputError(
            "Asking over the network is switched off. Switch it on in the settings, or save the request as a file."
        )
    witness = find_witness(session, where)
    if witness is None and "://" not in where:
        raise InputError("No witness of that name is trusted. “witness trust” takes its key.")
    address = witness.address if witness else where
    if not address:
        raise InputError(
            f"{where} has no address. Give the address instead of the name, or save the request as a file."
        )
    from evidence_app.network import ask_witness

    start = known_size(session, witness) if witness else 0
    answer = ask_witness(address, request_body(session, start))
    if answer.status == 409 and answer.content_type == SIZE_CONTENT:
        start = _size_in(answer.content)
        own = session.store.log.size()
        if start > own:
            raise VerificationError(
                "shrunken",
                f"The witness knows {start} records of this log, and here are {own}: this is an old copy, or records were taken away.",
            )
        answer = ask_witness(address, request_body(session, start))
    if answer.status != 200:
        raise _refusal(session, answer.status, address)
    untrusted_text = answer.content.decode("utf-8", "replace")
    if not _lines_of(untrusted_text):
        raise EnvironmentProblem(
            "The witness answered with something that is no countersignature. Is that its address?"
        )
    return take_any(session, untrusted_text)


def _size_in(untrusted: bytes) -> int:
    try:
        return read_decimal(untrusted.decode("ascii").removesuffix("\n"))
    except UnicodeDecodeError as error:
        raise malformed("The witness answered with a size that cannot be read.") from error


def _refusal(session: Session, status: int, address: str) -> EvidenceError:
    """Return what a status of tlog-witness says, as an error."""
    if status == 404:
        return EnvironmentProblem(
            f"The witness does not know this log, or there is none at {address[:200]}. Give its operator the key of the log: {log_vkey(session)}"
        )
    if status in (409, 422):
        return VerificationError(
            "rewritten",
            "The witness says that this log does not go on from the one that it knows. Keep this store as it is, and ask for advice.",
        )
    if status == 403:
        return EnvironmentProblem("The witness knows this log under another key, and did not countersign.")
    return EnvironmentProblem(f"The witness answered with {status}, and no cosignature.")


def _remember_shown(session: Session, size: int) -> None:
    sizes: list[Json] = [each for each in _sizes_shown(session) if each != size]
    with session.store.transaction():
        session.store.keep_setting(SHOWN, canonical([*sizes, size][-MAX_SHOWN:]))


def _sizes_shown(session: Session) -> list[int]:
    stored = session.store.setting(SHOWN)
    try:
        sizes = parse(stored) if stored else []
    except InputError:
        return []
    return [each for each in sizes if isinstance(each, int)] if isinstance(sizes, list) else []


# Taking in


def take_any(session: Session, untrusted_text: str) -> list[Sealed]:
    """Verify and seal the answer of any witness: a block of somebody with a card, a cosigned note, or bare signature lines.

    Raises:
        InputError: there is none in it, it was taken in before, or a block is incomplete.
        VerificationError: malformed, other-log, bad-signature, unknown-witness, bad-cosignature.
        EnvironmentProblem: the store cannot be written.
    """
    if has_block(untrusted_text):
        return [take_answer(session, untrusted_text)]
    lines = _lines_of(untrusted_text)
    if not lines:
        raise InputError(
            "There is no card, witness request or answer of Evidence Trail in it, and no signature line of another witness."
        )
    # Who has a card answers with a block, and not with bare lines.
    trusted = trusted_witnesses(session)
    pairs = [(line, witness) for line in lines for witness in trusted if is_line_of(line, witness.key)]
    if not pairs:
        raise VerificationError(
            "unknown-witness",
            "It is countersigned by nobody whom you trust. “witness trust” takes the key of a witness, “card --take” the card of a person.",
        )
    sizes = _sizes_in_question(session, untrusted_text)
    sealed, refused = [], None
    for line, witness in pairs:
        try:
            sealed.append(_take_line(session, line, witness, sizes))
        except EvidenceError as error:
            refused = error
    if not sealed and refused is not None:
        raise refused
    return sealed


def _lines_of(untrusted_text: str) -> list[SignatureLine]:
    """Return the signature lines in a text, also of one that a mail program quoted or broke."""
    joined: list[str] = []
    for raw_line in untrusted_text[:MAX_TEXT_LENGTH].split("\n"):
        line = raw_line.strip(_AROUND)
        if line.startswith("— "):
            joined.append(line)
        elif joined and not joined[-1].endswith("=") and _GOES_ON.fullmatch(line):
            # A whole line of either type ends in the padding of its base64: what follows it is something else.
            joined[-1] += line
    if not joined:
        return []
    return list(parse_note("\n".join(["any text", "", *joined, ""])).signatures)


def _sizes_in_question(session: Session, untrusted_text: str) -> list[int]:
    """Return the sizes at which lines may be: that of the note around them, or those that were shown, the latest first, and now.

    Raises:
        VerificationError: other-log: the note is of another log, or of a head that this log never had.
    """
    size = session.store.log.size()
    lines = [line.strip(_AROUND) for line in untrusted_text[:MAX_TEXT_LENGTH].split("\n")]
    first_signature = next(index for index, line in enumerate(lines) if line.startswith("— "))
    text = [line for line in lines[:first_signature] if line]
    if len(text) < 3:
        return [*reversed([each for each in _sizes_shown(session) if 1 <= each <= size]), size]
    origin, spelled_size, root = text[-3:]
    noted = read_decimal(spelled_size)
    if (
        origin != session.log_key.origin
        or not 1 <= noted <= size
        or root != base64.encode(session.store.log.root(noted))
    ):
        raise VerificationError(
            "other-log", "It is the countersigned head of another log, or one that this log never had."
        )
    return [noted]


def _take_line(session: Session, line: SignatureLine, witness: TrustedWitness, sizes: list[int]) -> Sealed:
    """Seal one cosignature, at the first size at which it holds."""
    refused: VerificationError | None = None
    for size in dict.fromkeys(sizes):
        checkpoint = Checkpoint(session.log_key.origin, size, session.store.log.root(size))
        try:
            cosigned = verify_line(checkpoint.text, line, witness.key)
        except VerificationError as error:
            refused = error
            continue
        spelled = base64.encode(line.key_id + line.signature)
        note = f"{sign_note(session.log_key, checkpoint.text)}— {line.name} {spelled}\n"
        return seal_cosignature(session, cosigned, note, witness.name, restricted_to=witness.restricted_to)
    raise refused or malformed("There is no cosignature in it.")
