"""RFC 3161 time stamps: trusted authorities, requests, and import of answers (docs/spec/time-stamps.md)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase, together
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
from evidence_app.proof.encoding.times import read_moment, spell
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
    signer_of,
)
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings
from evidence_app.store.record_table import STAMPED

ASKED: Final = "time_stamps_asked"
"""Name of the setting with open requests: authority name in lower case to a list of size, nonce and time."""
MAX_CLOCK_SKEW: Final = timedelta(days=1)
"""Tolerated difference between the authority's clock and this machine's."""
MAX_NAME_LENGTH: Final = 100
MAX_ASKED: Final = 20
"""Maximum number of open requests per authority; the latest are kept."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A trusted time-stamping authority, sealed as record `index`.

    `certificates` is PEM, `root_sha256` the lower-case hexadecimal SHA-256 of the root certificate in DER, `address` may be empty.
    """

    index: int
    name: str
    address: str
    certificates: str
    root_sha256: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Status of one authority: its latest time stamp, and the latest open request (log size, and time in RFC 3339, UTC)."""

    authority: Authority
    stamp: SealedRecord | None
    asked_size: int = 0
    asked_at: str = ""

    def in_words(self, size: int) -> Phrase:
        """Return the status as sentences. `size` is the current number of records in the log."""
        name = self.authority.name
        if self.stamp is None:
            said = [phrase("{name} has stamped nothing yet.", name=name)]
        else:
            at = read_moment(str(self.stamp.fields["stamped_at"]))
            covered = int(str(self.stamp.fields["size"]))
            words = phrase(
                "{name} stamped positions 0 to {last} at {at} by its clock", name=name, last=covered - 1, at=at
            )
            if size > covered:
                words = phrase("{words}; {count} sealed since", words=words, count=size - covered)
            said = [phrase("{words}.", words=words)]
        if self.asked_at:
            said.append(
                phrase(
                    "It was asked on {day} for the log at {count} records, and its answer is not here yet.",
                    day=london_day(read_moment(self.asked_at)),
                    count=self.asked_size,
                )
            )
        return together(said)


def add_authority(session: Session, name: str, untrusted_pem: str, address: str = "") -> Sealed:
    """Seal an authority as trusted, with its certificates (docs/spec/time-stamps.md, section 1).

    Raises:
        InputError: the name, the certificates or the address is invalid.
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
    """Return the certificates in a text, re-encoded as PEM without anything between them."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return "".join(each.public_bytes(Encoding.PEM).decode("ascii") for each in read_certificates(untrusted_pem))


def authorities(session: Session) -> list[Authority]:
    """Return the trusted authorities, the latest record of each name, sorted by name."""
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
    """Return an authority by name, or with an empty name the only one.

    Raises:
        InputError: no authority matches, or several do.
    """
    known, typed_name = authorities(session), " ".join(name.split()).casefold()
    matches = [each for each in known if each.name.casefold() == typed_name] if typed_name else known
    if len(matches) == 1:
        return matches[0]
    if not known:
        raise InputError("No time-stamping authority is known yet. Add one with its certificates first.")
    raise InputError(f"Which authority? There are: {', '.join(each.name for each in known)}.")


def ask(session: Session, authority: Authority) -> TimeStampRequest:
    """Return a time-stamp request for the latest signed checkpoint, and store it among the open requests.

    Raises:
        EnvironmentProblem: the store cannot be written.
    """
    size = session.store.log.size()
    request = make_request(session.store.log.checkpoint(size).encode("utf-8"))
    open_requests = _open_requests(session)
    entry: JsonObject = {"size": size, "nonce": str(request.nonce), "at": spell(session.clock.now())}
    earlier = open_requests.get(authority.name.casefold())
    open_requests[authority.name.casefold()] = [*(earlier if isinstance(earlier, list) else []), entry][-MAX_ASKED:]
    _store_requests(session, open_requests)
    return request


def ask_over_network(session: Session, authority: Authority) -> Sealed:
    """Send a request to an authority by HTTP and import the answer (docs/spec/time-stamps.md, section 6).

    Raises:
        InputError: the setting `time_stamps_over_network` is off, or the authority has no address.
        VerificationError: as in `take_answer`.
        EnvironmentProblem: the authority cannot be reached, or the store cannot be written.
    """
    require_switched_on(session, authority)
    from evidence_app.network import ask_for_stamp

    return take_answer(session, ask_for_stamp(authority.address, ask(session, authority).content))


def require_switched_on(session: Session, authority: Authority) -> None:
    """Require that an authority may be asked over the network, and can be.

    Raises:
        InputError: the setting `time_stamps_over_network` is off, or the authority has no address.
    """
    if not load_settings(session).time_stamps_over_network:
        raise InputError(
            "Asking over the network is switched off. Switch it on in the settings, or save the request as a file."
        )
    if not authority.address:
        raise InputError(f"{authority.name} has no address. Add it again with one, or save the request as a file.")


def require_not_future(session: Session, answer: TimeStampAnswer) -> None:
    """Require that the time in an answer is not ahead of this machine's clock by more than clocks differ (section 3, step 6).

    Raises:
        VerificationError: future.
    """
    if answer.at > session.clock.now() + MAX_CLOCK_SKEW:
        raise VerificationError(
            "future", "The time in the stamp is in the future: look at this machine's clock, or ask the authority."
        )


def take_answer(session: Session, untrusted: bytes) -> Sealed:
    """Verify and seal the answer of an authority, a TimeStampResp in DER (docs/spec/time-stamps.md, section 3).

    Raises:
        InputError: no authority is trusted, or the answer was imported before.
        VerificationError: malformed, not-granted, other-log, other-request, expired, untrusted-authority, future.
        EnvironmentProblem: the store cannot be written.
    """
    answer = read_answer(untrusted)
    signed = _stamped_checkpoint(session, answer)
    authority = _signed_by(session, answer, signed)
    checkpoint = parse_checkpoint_text(parse_note(signed).text)
    open_requests = _open_requests(session)
    requests = _requests(open_requests, authority)
    # RFC 3161, section 2.4.1: the nonce ties an answer to its request. A request from elsewhere has none stored here.
    nonces = {each.get("nonce") for each in requests if each.get("size") == checkpoint.size}
    if nonces and str(answer.nonce) not in nonces:
        raise VerificationError("other-request", "It answers another request than the one that was made here.")
    require_not_future(session, answer)
    answer_base64 = base64.encode(untrusted)
    for stamp in stamps(session):
        # Parts of a TimeStampResp are unsigned, so duplicates are found by the signed values and not by the bytes.
        earlier = read_answer(base64.decode(stamp.fields["answer"]))
        if (earlier.at, earlier.imprint, earlier.nonce, earlier.serial) == (
            answer.at,
            answer.imprint,
            answer.nonce,
            answer.serial,
        ):
            raise InputError(f"This answer was taken in before, as record {stamp.index}.")
    fields: JsonObject = {
        "authority": authority.name,
        "stamped_at": spell(answer.at.replace(microsecond=0)),
        "valid_until": spell(signer_of(answer).not_valid_after_utc),
        "size": checkpoint.size,
        "root_sha256": authority.root_sha256,
        "signed_checkpoint": signed,
        "answer": answer_base64,
        "certificates": authority.certificates,
    }
    sealed = seal(session, Entry(TIME_STAMP, spell(session.clock.now()), "exact", fields))
    # Requests for the same or a smaller log are settled by this stamp.
    still_open: list[Json] = [each for each in requests if int(str(each.get("size", 0))) > checkpoint.size]
    open_requests[authority.name.casefold()] = still_open
    _store_requests(session, open_requests)
    return sealed


def _requests(asked: JsonObject, authority: Authority) -> list[JsonObject]:
    """Return the open requests to one authority, oldest first."""
    listed = asked.get(authority.name.casefold())
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _stamped_checkpoint(session: Session, answer: TimeStampAnswer) -> str:
    """Return the signed checkpoint of this log whose digest is in an answer. The latest sizes are tried first.

    Raises:
        VerificationError: other-log.
    """
    log = session.store.log
    for size in range(log.size(), 0, -1):
        signed = log.checkpoint(size)
        if answer.is_of(signed.encode("utf-8")):
            return signed
    raise VerificationError(
        "other-log", "It is over no head that this log ever had, and over no bundle for which a request is open."
    )


def _signed_by(session: Session, answer: TimeStampAnswer, signed: str) -> Authority:
    """Return the trusted authority whose certificates verify an answer over the signed checkpoint.

    Raises:
        InputError: no authority is trusted.
        VerificationError: as in `require_signed`, for the authority tried last.
    """
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
    """Return the sealed time stamps, in the order of the log."""
    return [session.store.records.get(index) for index in session.store.records.found_by(STAMPED)]


def standings(session: Session) -> list[Standing]:
    """Return the status of each authority, sorted by name."""
    latest: dict[str, SealedRecord] = {}
    for record in stamps(session):
        latest[str(record.fields["authority"]).casefold()] = record
    open_requests = _open_requests(session)
    result = []
    for authority in authorities(session):
        requests = _requests(open_requests, authority)
        size, at = (int(str(requests[-1]["size"])), str(requests[-1]["at"])) if requests else (0, "")
        result.append(Standing(authority, latest.get(authority.name.casefold()), size, at))
    return result


def advice(session: Session) -> str:
    """Return a recommendation to add an authority, or an empty string if there are two or more."""
    known = len(authorities(session))
    if known == 0:
        return "No authority is known. Add one with its root certificate; two are better, for one may vanish."
    return "A second authority would be better: one may vanish, or be doubted." if known == 1 else ""


def _open_requests(session: Session) -> JsonObject:
    """Return the open requests by authority name in lower case; unreadable ones count as none."""
    stored = session.store.setting(ASKED)
    try:
        open_requests = parse(stored) if stored else {}
    except InputError:
        return {}
    return open_requests if isinstance(open_requests, dict) else {}


def _store_requests(session: Session, open_requests: JsonObject) -> None:
    with session.store.transaction():
        session.store.keep_setting(ASKED, canonical(open_requests))
