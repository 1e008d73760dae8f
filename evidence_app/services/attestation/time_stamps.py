"""Time stamps: which authorities are trusted, asking them, and taking their answers in (docs/spec/time-stamps.md)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.fields import MAX_LINE_LENGTH
from evidence_app.domain.record.program_kinds import TIME_AUTHORITY, TIME_STAMP
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.checkpoints import parse_checkpoint_text
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, canonical, parse
from evidence_app.proof.encoding.times import day_in_words, in_words, read_moment, spell
from evidence_app.proof.signed_notes import parse_note
from evidence_app.proof.time_stamps import (
    TimeStampAnswer,
    TimeStampRequest,
    fingerprint_of,
    make_request,
    read_answer,
    read_certificates,
    require_signed,
    root_of,
)
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings
from evidence_app.store.record_table import STAMPED

ASKED: Final = "time_stamps_asked"
MAX_CLOCK_SKEW: Final = timedelta(days=1)
MAX_NAME_LENGTH: Final = 100
MAX_ASKED: Final = 20


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamping authority that the owner trusts; record `index` says so."""

    index: int
    name: str
    address: str
    certificates: str
    root_sha256: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one authority: the latest head that it stamped, and what it was asked and has not answered."""

    authority: Authority
    stamp: SealedRecord | None
    asked_size: int = 0
    asked_at: str = ""

    def in_words(self, size: int) -> str:
        """Say it, for a log of so many records."""
        name = self.authority.name
        if self.stamp is None:
            said = f"{name} has stamped nothing yet."
        else:
            at, covered = (
                in_words(read_moment(str(self.stamp.fields["stamped_at"]))),
                int(str(self.stamp.fields["size"])),
            )
            since = size - covered
            more = f"; {since} sealed since" if since else ""
            said = f"{name} stamped positions 0 to {covered - 1} at {at} by its clock{more}."
        if self.asked_at:
            day = day_in_words(london_day(read_moment(self.asked_at)))
            said += f" It was asked on {day} for the log at {self.asked_size} records, and its answer is not here yet."
        return said


def add_authority(session: Session, name: str, untrusted_pem: str, address: str = "") -> Sealed:
    """Seal that an authority is trusted, with its certificates.

    Raises:
        InputError: the name, the certificates or the address is not one.
        EnvironmentProblem: the store cannot be written.
    """
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME_LENGTH or not name.isprintable():
        raise InputError(f"An authority has a name of at most {MAX_NAME_LENGTH} characters.")
    certificates = read_certificates(untrusted_pem)
    fields: JsonObject = {
        "name": name,
        "root_sha256": fingerprint_of(root_of(certificates)),
        "certificates": _pem(untrusted_pem),
    }
    if address:
        from evidence_app.network import require_address

        fields["address"] = require_address(address)[:MAX_LINE_LENGTH]
    return seal(session, Entry(TIME_AUTHORITY, spell(session.clock.now()), "exact", fields))


def _pem(untrusted_pem: str) -> str:
    """Return just the certificates of a text, spelled anew."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return "".join(each.public_bytes(Encoding.PEM).decode("ascii") for each in read_certificates(untrusted_pem))


def authorities(session: Session) -> list[Authority]:
    """Return the authorities that are trusted, the latest of each name, in the order of their names."""
    latest: dict[str, Authority] = {}
    for record in session.store.records.select(Selection(kind=TIME_AUTHORITY.name)):
        fields = record.fields
        latest[str(fields["name"]).casefold()] = Authority(
            record.index,
            str(fields["name"]),
            str(fields.get("address", "")),
            str(fields["certificates"]),
            str(fields["root_sha256"]),
        )
    return [latest[name] for name in sorted(latest)]


def find_authority(session: Session, name: str) -> Authority:
    """Return an authority by name, or the only one where none is named.

    Raises:
        InputError: there is none of that name, or several to choose from.
    """
    known, wanted = authorities(session), " ".join(name.split()).casefold()
    found = [each for each in known if each.name.casefold() == wanted] if wanted else known
    if len(found) == 1:
        return found[0]
    if not known:
        raise InputError("No time-stamping authority is known yet. Add one with its certificates first.")
    raise InputError(f"Which authority? There are: {', '.join(each.name for each in known)}.")


def ask(session: Session, authority: Authority) -> TimeStampRequest:
    """Return a request over the head of now, and remember that it was asked for.

    Raises:
        EnvironmentProblem: the store cannot be written.
    """
    size = session.store.log.size()
    request = make_request(session.store.log.checkpoint(size).encode("utf-8"))
    asked = _asked(session)
    entry: JsonObject = {"size": size, "nonce": str(request.nonce), "at": spell(session.clock.now())}
    before = asked.get(authority.name.casefold())
    asked[authority.name.casefold()] = [*(before if isinstance(before, list) else []), entry][-MAX_ASKED:]
    _remember(session, asked)
    return request


def ask_over_network(session: Session, authority: Authority) -> Sealed:
    """Ask an authority directly and take its answer in.

    Raises:
        InputError: it is not switched on, or the authority has no address.
        VerificationError: as `take_answer` says.
        EnvironmentProblem: the authority cannot be reached, or the store cannot be written.
    """
    if not load_settings(session).time_stamps_over_network:
        raise InputError(
            "Asking over the network is switched off. Switch it on in the settings, or save the request as a file."
        )
    if not authority.address:
        raise InputError(f"{authority.name} has no address. Add it again with one, or save the request as a file.")
    from evidence_app.network import ask_for_stamp

    return take_answer(session, ask_for_stamp(authority.address, ask(session, authority).content))


def take_answer(session: Session, untrusted: bytes) -> Sealed:
    """Seal the answer of an authority.

    Raises:
        InputError: no authority is known, or the answer was taken in before.
        VerificationError: malformed, not-granted, other-log, other-request, expired, untrusted-authority, future.
        EnvironmentProblem: the store cannot be written.
    """
    answer = read_answer(untrusted)
    signed = _stamped_checkpoint(session, answer)
    authority = _signed_by(session, answer, signed)
    head = parse_checkpoint_text(parse_note(signed).text)
    asked = _asked(session)
    requests = _requests(asked, authority)
    nonces = {each.get("nonce") for each in requests if each.get("size") == head.size}
    if nonces and str(answer.nonce) not in nonces:
        raise VerificationError("other-request", "It answers another request than the one that was made here.")
    if answer.at > session.clock.now() + MAX_CLOCK_SKEW:
        raise VerificationError(
            "future", "The time in the stamp is in the future: look at this machine's clock, or ask the authority."
        )
    spelled = base64.encode(untrusted)
    for each in stamps(session):
        # Not all bytes of an answer are signed: the same stamp in other bytes is the same stamp.
        before = read_answer(base64.decode(each.fields["answer"]))
        if (before.at, before.imprint, before.nonce, before.serial) == (
            answer.at,
            answer.imprint,
            answer.nonce,
            answer.serial,
        ):
            raise InputError(f"This answer was taken in before, as record {each.index}.")
    fields: JsonObject = {
        "authority": authority.name,
        "stamped_at": spell(answer.at.replace(microsecond=0)),
        "size": head.size,
        "root_sha256": authority.root_sha256,
        "signed_checkpoint": signed,
        "answer": spelled,
        "certificates": authority.certificates,
    }
    sealed = seal(session, Entry(TIME_STAMP, spell(session.clock.now()), "exact", fields))
    # What was asked before this is not waited for any more.
    waiting: list[Json] = [each for each in requests if int(str(each.get("size", 0))) > head.size]
    asked[authority.name.casefold()] = waiting
    _remember(session, asked)
    return sealed


def _requests(asked: JsonObject, authority: Authority) -> list[JsonObject]:
    listed = asked.get(authority.name.casefold())
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _stamped_checkpoint(session: Session, answer: TimeStampAnswer) -> str:
    """Return the checkpoint of this log that an answer is over, the latest first."""
    log = session.store.log
    for size in range(log.size(), 0, -1):
        signed = log.checkpoint(size)
        if answer.is_of(signed.encode("utf-8")):
            return signed
    raise VerificationError("other-log", "It is over no head that this log ever had.")


def _signed_by(session: Session, answer: TimeStampAnswer, signed: str) -> Authority:
    known = authorities(session)
    if not known:
        raise InputError("No time-stamping authority is known yet. Add one with its certificates first.")
    refused: VerificationError | None = None
    for authority in known:
        try:
            require_signed(answer, signed.encode("utf-8"), read_certificates(authority.certificates))
        except VerificationError as error:
            refused = error
        else:
            return authority
    raise refused or VerificationError("untrusted-authority", "It is signed by no authority that is known.")


def stamps(session: Session) -> list[SealedRecord]:
    """Return the time stamps that the store holds, in the order in which they were taken in."""
    return [session.store.records.get(index) for index in session.store.records.found_by(STAMPED)]


def standings(session: Session) -> list[Standing]:
    """Return how it stands with each authority."""
    latest: dict[str, SealedRecord] = {}
    for record in stamps(session):
        latest[str(record.fields["authority"]).casefold()] = record
    asked = _asked(session)
    found = []
    for authority in authorities(session):
        mine = _requests(asked, authority)
        size, at = (int(str(mine[-1]["size"])), str(mine[-1]["at"])) if mine else (0, "")
        found.append(Standing(authority, latest.get(authority.name.casefold()), size, at))
    return found


def advice(session: Session) -> str:
    """Say what would be better, or nothing: one authority may vanish."""
    known = len(authorities(session))
    if known == 0:
        return "No authority is known. Add one with its root certificate; two are better, for one may vanish."
    return "A second authority would be better: one may vanish, or be doubted." if known == 1 else ""


def _asked(session: Session) -> JsonObject:
    stored = session.store.setting(ASKED)
    try:
        found = parse(stored) if stored else {}
    except InputError:
        return {}
    return found if isinstance(found, dict) else {}


def _remember(session: Session, asked: JsonObject) -> None:
    with session.store.transaction():
        session.store.keep_setting(ASKED, canonical(asked))
