"""Verify the part of a manifest that concerns one log: steps 3 to 6, 8 and 10 of `verify` (docs/spec/bundle.md, section 6)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final

from evidence_app.errors import VerificationError
from evidence_app.proof.attestations import Attestation, require_vouched, with_words
from evidence_app.proof.bundle.heads_in_records import checkpoints_in
from evidence_app.proof.checkpoints import Checkpoint, verify_checkpoint, with_own_signature
from evidence_app.proof.disclosures import Disclosed, FieldFault, verify_disclosure
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json
from evidence_app.proof.known_log import KnownLog, known_log
from evidence_app.proof.signing import fingerprint
from evidence_app.proof.verdicts import Report

LabelOf = Callable[[str, str], str]
"""Map a kind of record and a path in it to the label of that field."""
MAX_FAULTS_NAMED: Final = 5  # faulty fields named for one record
HAD: Final = "The log goes on from the earlier head in it."
NOT_HAD: Final = (
    "It holds a head of {} that this log did not have: what was sealed before this record is not what was sealed then."
)


def last_step(kind: str, path: str) -> str:  # noqa: ARG001 - a program that knows the kinds has names for their fields
    """Return the label of a field for a program that does not know the kinds of records: the last step of its path."""
    return path.rpartition("/")[2].replace("_", " ")


class LogVerifier:
    """Verifies one log and adds its items to a report. `prefix` begins the name of each item.

    `disclosed` maps positions to the records that verified against the checkpoint; `faulty` are the positions of those
    among them with a field that is not as sealed. `not_compared` are the positions of records with a checkpoint of this log that
    nothing here allows to compare with it.
    """

    def __init__(self, report: Report, prefix: str = "", label_of: LabelOf = last_step) -> None:
        self._report, self._prefix, self._label_of = report, prefix, label_of
        self.disclosed: dict[int, Disclosed] = {}
        self.faulty: set[int] = set()
        self.not_compared: list[int] = []

    def judge(
        self, signed: str, log_key: bytes, records: Sequence[Json], left_out: Sequence[tuple[int, int]]
    ) -> Checkpoint | None:
        """Verify steps 3 to 6 for one log. Return its checkpoint, or None if that does not verify.

        `signed` is the signed checkpoint, `records` are disclosures, and `left_out` are runs of positions (first, last).
        """
        # 3. The checkpoint, with the key that the manifest names (record-log.md, sections 7 and 10).
        checkpoint = self._verify_checkpoint(signed, log_key)
        if checkpoint is None:
            return None
        # 4. Each record against the checkpoint (record-log.md, sections 9 and 10).
        self._verify_records(records, checkpoint)
        # 5. Every position is shown or named as left out, each once (section 2).
        self._verify_positions(records, left_out, checkpoint)
        # 6. The key that signs is the one sealed in record 0 (record-log.md, section 6).
        self._verify_key(log_key)
        return checkpoint

    def judge_clocks(
        self, clocks: Sequence[Attestation], checkpoint: Checkpoint, log_key: bytes
    ) -> Iterator[tuple[int, Attestation]]:
        """Verify the attestations of this log (step 8). Yield those that hold, with their numbers and the details that their records show."""
        for number, attestation in enumerate(clocks, start=1):
            # A record with any faulty field vouches for nothing.
            disclosed = self.disclosed.get(attestation.record) if attestation.record not in self.faulty else None
            try:
                require_vouched(attestation, disclosed.shown if disclosed else None, checkpoint, log_key)
            except VerificationError as error:
                self._add(f"outside clock {number}", False, error.sentence)
                continue
            if disclosed is not None:
                detailed = with_words(attestation, disclosed.shown)
                self._add(f"outside clock {number}", True, detailed.goes_on())
                yield number, detailed

    def signed_checkpoints(self, own: str, log_key: bytes) -> tuple[str, ...]:
        """Return the signed checkpoints that a time stamp beside the file may be over (docs/spec/time-stamps.md, section 5)."""
        notes = [with_own_signature(own)]
        for disclosed in self.disclosed.values():
            note = str(disclosed.shown.get("/fields/signed_checkpoint", ""))
            if disclosed.shown.get("/kind") == "time-stamp" and note:
                with suppress(VerificationError):
                    verify_checkpoint(note, log_key)
                    notes.append(note)
        return tuple(notes)

    def judge_heads(self, checkpoint: Checkpoint, extended: Iterable[Checkpoint]) -> KnownLog:
        """Compare the checkpoints of this log that its records hold with the log (step 10). `extended` are those that it is proved to extend.

        Return what is known of the log.
        """
        leaves = [(each.index, each.leaf_hash, each.proof) for each in self.disclosed.values()]
        log = known_log(checkpoint, leaves, extended)
        for index, disclosed in sorted(self.disclosed.items()):
            held = [each for _, each in checkpoints_in(disclosed.shown, checkpoint.origin)]
            # A record cannot hold a checkpoint that covers it.
            had = [(each.size, log.had(each) if 0 < each.size <= index else False) for each in held]
            false = [size for size, was in had if was is False]
            if false:
                self._add(f"head in record {index}", False, NOT_HAD.format(counted(false[0], "record")))
            elif any(was for _, was in had):
                self._add(f"head in record {index}", True, HAD)
            if any(was is None for _, was in had):
                self.not_compared.append(index)
        return log

    def _add(self, name: str, ok: bool, sentence: str) -> None:
        self._report.add(f"{self._prefix}{name}", ok, sentence)

    def _verify_checkpoint(self, signed: str, log_key: bytes) -> Checkpoint | None:
        try:
            checkpoint = verify_checkpoint(signed, log_key)
        except VerificationError as error:
            self._add("checkpoint", False, error.sentence)
            return None
        whose = f" {fingerprint(log_key)}" if self._prefix else ""
        self._add("checkpoint", True, f"Signed head of a log{whose} of {checkpoint.size} records.")
        return checkpoint

    def _verify_records(self, records: Sequence[Json], checkpoint: Checkpoint) -> None:
        for number, untrusted in enumerate(records):
            name = _name_of(untrusted, number)
            try:
                disclosed, faults = verify_disclosure(untrusted, checkpoint)
            except VerificationError as error:
                self._add(name, False, error.sentence)
                continue
            # Two disclosures of one record could both verify and show different words of it.
            if disclosed.index in self.disclosed:
                self._add(name, False, "It is shown twice.")
                continue
            self.disclosed[disclosed.index] = disclosed
            if faults:
                self.faulty.add(disclosed.index)
                self._add(name, False, self._faults_in_words(faults, disclosed))
            else:
                self._add(name, True, _shown_in_words(disclosed))

    def _faults_in_words(self, faults: Sequence[FieldFault], disclosed: Disclosed) -> str:
        kind = str(disclosed.shown.get("/kind", ""))
        named = [
            f"the field “{self._label_of(kind, fault.path)}” ({fault.path}) {fault.sentence}"
            for fault in faults[:MAX_FAULTS_NAMED]
        ]
        return "; ".join(named) + "."

    def _verify_positions(
        self, records: Sequence[Json], left_out: Sequence[tuple[int, int]], checkpoint: Checkpoint
    ) -> None:
        """Require that the records' indexes and the runs left out are together 0 to size - 1, each once."""
        claimed = [untrusted.get("index") for untrusted in records if isinstance(untrusted, dict)]
        runs = [(index, index) for index in claimed if isinstance(index, int) and not isinstance(index, bool)]
        runs += left_out
        # Sorted runs must follow each other without gap or overlap. That the sum of their lengths is the size too shows
        # that no run was left when the loop ended.
        next_position = 0
        for first, last in sorted(runs):
            if first != next_position:
                break
            next_position = last + 1
        whole = next_position == checkpoint.size and sum(last - first + 1 for first, last in runs) == checkpoint.size
        count = sum(last - first + 1 for first, last in left_out)
        self._add(
            "positions",
            whole,
            f"{len(claimed)} of {checkpoint.size} records are shown and {count} {'is' if count == 1 else 'are'} named as left out."
            if whole
            else "The records shown and those named as left out are not the whole log.",
        )

    def _verify_key(self, log_key: bytes) -> None:
        first = self.disclosed.get(0)
        shown = first.shown if first else {}
        ok = shown.get("/fields/log_key") == base64.encode(log_key)
        self._add("log key", ok, "Sealed in record 0." if ok else "Record 0 does not hold the key that signs.")


def _name_of(untrusted: Any, number: int) -> str:
    """Return the name of a record's item: by its index, or by its number in the list, from 0, if it has no integer index."""
    index = untrusted.get("index") if isinstance(untrusted, dict) else None
    return f"record {index}" if isinstance(index, int) and not isinstance(index, bool) else f"record in place {number}"


def _shown_in_words(disclosed: Disclosed) -> str:
    withheld = []
    if disclosed.withheld_paths:
        withheld.append(counted(len(disclosed.withheld_paths), "field"))
    if disclosed.withheld_words:
        withheld.append(counted(disclosed.withheld_words, "word"))
    if withheld:
        return f"What is shown is what was sealed; withheld: {' and '.join(withheld)}."
    return "Word for word what was sealed."


def counted(count: int, what: str) -> str:
    """Return a number of things: ``1 record``, ``5 records``."""
    return f"{count} {what}{'' if count == 1 else 's'}"
