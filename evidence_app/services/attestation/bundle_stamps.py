"""Document time stamps in bundles: requests, answers, and revocation lists (docs/spec/bundle.md, section 8; time-stamps.md, section 7)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import BUNDLE_STAMP
from evidence_app.errors import EvidenceError, InputError, VerificationError
from evidence_app.files import system_errors_named, written_beside
from evidence_app.proof.bundle.document_time_stamps import verify_stamp
from evidence_app.proof.bundle.signature import verify_stamped_file
from evidence_app.proof.bundle.stamp_updates import (
    RESERVED_DIGITS,
    Revision,
    StampUpdate,
    digest_covered,
    read_stamped,
    revision_of,
    spell_update,
)
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, canonical, parse
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.time_stamps import (
    TimeStampAnswer,
    TimeStampRequest,
    carried_by,
    make_request_over,
    own_root_of,
    read_answer,
    read_certificates,
    signer_of,
    token_of,
)
from evidence_app.services.attestation.revocation_lists import list_addresses, read_lists, require_not_revoked
from evidence_app.services.attestation.time_stamps import (
    Authority,
    ask_over_network,
    find_authority,
    require_not_future,
    require_switched_on,
    standings,
)
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

ASKED: Final = "bundle_stamps_asked"
"""Name of the setting with the open requests for bundles, oldest first."""
MAX_ASKED: Final = 20
MAX_FILE_BYTES: Final = 400 * 1024**2
"""Largest bundle that is stamped: as large as one that is verified may be."""
NO_PLACE: Final = (
    "This bundle has no place for a time stamp: it was made by an earlier version. Make it again, and stamp that."
)


@dataclass(frozen=True, slots=True)
class StampedBundle:
    """A bundle that was stamped: its file, the record of the stamp, the authority, the time in the stamp (RFC 3339, UTC), the level of the
    signature (ETSI EN 319 142-1), the file's SHA-256 now, and what could not be had.
    """

    path: Path
    sealed: Sealed
    authority: str
    at: str
    level: str
    sha256: str
    warnings: tuple[str, ...] = ()

    def in_words(self) -> Phrase:
        """Say what was done."""
        return phrase(
            "{authority} saw {file} at {at} by its clock: the time stamp is in the file, whose signature is at the level {level} now; record {record}.",
            authority=self.authority,
            file=self.path.name,
            at=self.at,
            level=self.level,
            record=self.sealed.index,
        )

    def to_json(self) -> JsonObject:
        """Return the result as the command line prints it."""
        warnings: list[Json] = list(self.warnings)
        facts: JsonObject = {"file": str(self.path), "stamped_at": self.at, "level": self.level}
        return {
            **self.sealed.to_json(),
            **facts,
            "authority": self.authority,
            "sha256": self.sha256,
            "warnings": warnings,
        }


def ask_for_bundle(
    session: Session, authority: Authority, path: Path, untrusted_lists: Sequence[bytes] = ()
) -> TimeStampRequest:
    """Return a time-stamp request for a bundle, and store it among the open requests. The file is not changed.

    `untrusted_lists` are revocation lists of the authority (DER or PEM), which go into the file with the stamp.

    Raises:
        InputError: the file cannot be read, is too large, or has no place for a time stamp.
        VerificationError: it is no bundle that is as it was signed; or a list is not the authority's.
        EnvironmentProblem: the store cannot be written.
    """
    certificates = read_certificates(authority.certificates)
    if own_root_of(certificates) is None:
        raise InputError(
            f"The root certificate of {authority.name} is needed for a bundle. Add the authority again with it."
        )
    lists = read_lists(untrusted_lists, [*certificates, *_carried_before(session, authority)])
    content = _content(path)
    blank = spell_update(_revision(content), [_der(each) for each in certificates], lists)
    request = make_request_over(digest_covered(content + blank.content, blank, "sha256"))
    listed: list[Json] = [base64.encode(each) for each in lists]
    entry: JsonObject = {
        "digest": digest_covered(content + blank.content, blank, "sha256").hex(),
        "nonce": str(request.nonce),
        "path": str(path.absolute()),
        "authority": authority.name,
        "certificates": authority.certificates,
        "root_sha256": authority.root_sha256,
        "lists": listed,
        "at": spell(session.clock.now()),
    }
    _store_requests(session, [*_open_requests(session), entry][-MAX_ASKED:])
    return request


def is_for_bundle(session: Session, untrusted: bytes) -> bool:
    """Return whether an answer is over a bundle for which a request is open.

    Raises:
        VerificationError: malformed, not-granted.
    """
    return _request_for(session, read_answer(untrusted)) is not None


def take_for_bundle(session: Session, untrusted: bytes, path: Path | None = None) -> StampedBundle:
    """Verify an answer over a bundle, put the time stamp behind the file, and seal that it was stamped.

    `path` is where the bundle is now, if it is not where it was when the request was made. The file is replaced by one that begins with
    all its bytes.

    Raises:
        InputError: no request for a bundle is open that it answers, the file is gone, or another file is there.
        VerificationError: malformed, not-granted, other-request, expired, revoked, untrusted-authority, future.
        EnvironmentProblem: the file or the store cannot be written. Then the file is as it was.
    """
    answer = read_answer(untrusted)
    request = _request_for(session, answer)
    if request is None:
        raise InputError("It answers no request for a bundle that is open here.")
    if str(answer.nonce) != request["nonce"]:
        raise VerificationError("other-request", "It answers another request than the one that was made here.")
    require_not_future(session, answer)
    path = path or Path(str(request["path"]))
    content = _content(path)
    certificates = read_certificates(str(request["certificates"]))
    lists = [base64.decode(each) for each in _list(request["lists"])]
    revision = _revision(content)
    update = _update(revision, certificates, lists, token_of(answer))
    stamped = content + update.content
    if digest_covered(stamped, update, "sha256").hex() != request["digest"]:
        raise InputError(f"{path.name} is not the file that the request was made for, or it was stamped since.")
    verify_stamp(stamped, update)
    signer = signer_of(answer)
    require_not_revoked(signer, lists)
    level = _level(revision, [signer, *certificates], lists)
    fields: JsonObject = {
        "authority": request["authority"],
        "stamped_at": spell(answer.at.replace(microsecond=0)),
        "valid_until": spell(signer.not_valid_after_utc),
        "level": level,
        "root_sha256": request["root_sha256"],
        "sha256": sha256(stamped).hexdigest(),
        "before_sha256": sha256(content).hexdigest(),
        **_export_of(session, sha256(content).hexdigest()),
    }
    with written_beside([(path, stamped)]) as take_names:
        sealed = seal(session, Entry(BUNDLE_STAMP, spell(session.clock.now()), "exact", fields))
        take_names()
    _store_requests(session, [each for each in _open_requests(session) if each != request])
    return StampedBundle(
        path, sealed, str(request["authority"]), str(fields["stamped_at"]), level, str(fields["sha256"])
    )


def stamp_over_network(session: Session, name: str, path: Path) -> StampedBundle:
    """Ask an authority over the network for a time stamp of a bundle, and put it into the file (time-stamps.md, sections 6 and 7).

    The authority's revocation lists are fetched where its certificates name them; one that cannot be had is a warning. Where the authority
    has stamped nothing yet, the log's head is stamped first: so its certificate is known, and where its list is.

    Raises:
        InputError: as in `ask_for_bundle`; the setting is off, or the authority has no address or is unknown.
        VerificationError: as in `ask_for_bundle` and `take_for_bundle`.
        EnvironmentProblem: the authority cannot be reached, or the file or the store cannot be written.
    """
    from evidence_app.network import ask_for_stamp, fetch_revocation_list

    authority = find_authority(session, name)
    require_switched_on(session, authority)
    # Before anything leaves: a file that cannot be stamped needs no stamp.
    _revision(_content(path))
    if not _carried_before(session, authority):
        ask_over_network(session, authority)
    certificates = [*read_certificates(authority.certificates), *_carried_before(session, authority)]
    lists, warnings = [], []
    for address in list_addresses(certificates):
        try:
            lists += read_lists([fetch_revocation_list(address)], certificates)
        except EvidenceError as error:
            warnings.append(f"The list of revoked certificates at {address} could not be had: {error.sentence}")
    answer = ask_for_stamp(authority.address, ask_for_bundle(session, authority, path, lists).content)
    made = take_for_bundle(session, answer)
    return replace(made, warnings=tuple(warnings))


def _update(
    revision: Revision, certificates: Sequence["Certificate"], lists: Sequence[bytes], token: bytes
) -> StampUpdate:
    if len(token) * 2 > RESERVED_DIGITS:
        raise VerificationError("malformed", "The time stamp is too long for its place in the file.")
    return spell_update(revision, [_der(each) for each in certificates], lists, token)


def _content(path: Path) -> bytes:
    """Return the bytes of a bundle that is as it was signed, with its time stamps if it has any.

    Raises:
        InputError: it cannot be read, or is too large.
        VerificationError: it is no bundle, or was changed after it was signed.
    """
    with system_errors_named(f"{path.name} cannot be read"):
        if not path.is_file():
            raise InputError(f"{path.name} is not there, or is no file. If the bundle was moved, name it.")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise InputError(f"{path.name} is too large to be stamped.")
        content = path.read_bytes()
    try:
        verify_stamped_file(content)
    except VerificationError as error:
        raise VerificationError(
            error.reason, f"{path.name} is no bundle that is as it was signed, and only such a one is stamped."
        ) from error
    return content


def _revision(content: bytes) -> Revision:
    """Return what the next stamp update of a file follows from.

    Raises:
        InputError: it has no place for one.
    """
    stamped = read_stamped(content)
    revision = stamped.updates[-1].revision if stamped else revision_of(content)
    if revision is None:
        raise InputError(NO_PLACE)
    return revision


def _level(revision: Revision, certificates: Sequence["Certificate"], lists: Sequence[bytes]) -> str:
    """Return the level of the signature with this stamp: B-LT needs a list of the issuer of every certificate that is not its own issuer."""
    from cryptography.x509 import load_der_x509_crl

    issuers = {load_der_x509_crl(each).issuer for each in lists}
    if any(each.issuer not in issuers for each in certificates if each.issuer != each.subject):
        return "B-T"
    return "B-LTA" if revision.stamps else "B-LT"


def _carried_before(session: Session, authority: Authority) -> list["Certificate"]:
    """Return the certificates that the latest time stamp of the log by an authority carries; none where it has stamped nothing yet."""
    for standing in standings(session):
        if standing.authority.name.casefold() == authority.name.casefold() and standing.stamp is not None:
            return carried_by(read_answer(base64.decode(standing.stamp.fields["answer"])))
    return []


def _export_of(session: Session, digest: str) -> JsonObject:
    """Return the record of the export of a file, if it was made here: by its SHA-256, or by that of the file as it was stamped."""
    records = session.store.records
    for index in records.found_by(f"export:{digest}")[-1:]:
        return {"export": index}
    for index in records.found_by(f"stamped-file:{digest}")[-1:]:
        fields = records.get(index).fields
        return {"export": fields["export"]} if "export" in fields else {}
    return {}


def _der(certificate: "Certificate") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)


def _request_for(session: Session, answer: TimeStampAnswer) -> JsonObject | None:
    """Return the open request whose digest an answer is over: of several for one digest the one with its nonce, else the latest."""
    matches = [each for each in _open_requests(session) if each["digest"] == answer.imprint.hex()]
    same = [each for each in matches if each["nonce"] == str(answer.nonce)] or matches
    return same[-1] if same else None


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _open_requests(session: Session) -> list[JsonObject]:
    """Return the open requests for bundles, oldest first; unreadable ones count as none."""
    stored = session.store.setting(ASKED)
    try:
        requests = parse(stored) if stored else []
    except InputError:
        return []
    return [each for each in _list(requests) if isinstance(each, dict)]


def _store_requests(session: Session, requests: Sequence[JsonObject]) -> None:
    listed: list[Json] = list(requests)
    with session.store.transaction():
        session.store.keep_setting(ASKED, canonical(listed))
