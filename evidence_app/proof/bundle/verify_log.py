"""Verify what a manifest shows of one log: steps 3 to 6 of `verify` (docs/spec/bundle.md, section 6)."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from evidence_app.errors import VerificationError
from evidence_app.proof.checkpoints import Checkpoint, verify_checkpoint
from evidence_app.proof.disclosures import Disclosed, FieldFault, verify_disclosure
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json
from evidence_app.proof.signing import fingerprint
from evidence_app.proof.verdicts import Report

LabelOf = Callable[[str, str], str]
"""From a kind of record and a path in it to what the field is called."""
MAX_FAULTS_NAMED: Final = 5


def last_step(kind: str, path: str) -> str:  # noqa: ARG001 - a program that knows the kinds has names for their fields
    """Return what a field is called where the kinds of records are not known: the last step of its path."""
    return path.rpartition("/")[2].replace("_", " ")


class LogVerifier:
    """Judges one log. `prefix` stands before the name of each item; `disclosed` are the records that proved, `faulty` those with a field that did not."""

    def __init__(self, report: Report, prefix: str = "", label_of: LabelOf = last_step) -> None:
        self._report, self._prefix, self._label_of = report, prefix, label_of
        self.disclosed: dict[int, Disclosed] = {}
        self.faulty: set[int] = set()

    def judge(
        self, signed: str, log_key: bytes, records: Sequence[Json], left_out: Sequence[tuple[int, int]]
    ) -> Checkpoint | None:
        """Verify everything that one log shows, and return its checkpoint if that holds."""
        # 3. The checkpoint, with the key that the manifest names (record-log.md, sections 7 and 10).
        checkpoint = self._judge_checkpoint(signed, log_key)
        if checkpoint is None:
            return None
        # 4. Each record against the checkpoint (record-log.md, sections 9 and 10).
        self._judge_records(records, checkpoint)
        # 5. Every position is shown or named as left out, each once (section 2).
        self._judge_positions(records, left_out, checkpoint)
        # 6. The key that signs is the one sealed in record 0 (record-log.md, section 6).
        self._judge_key(log_key)
        return checkpoint

    def _add(self, name: str, ok: bool, sentence: str) -> None:
        self._report.add(f"{self._prefix}{name}", ok, sentence)

    def _judge_checkpoint(self, signed: str, log_key: bytes) -> Checkpoint | None:
        try:
            checkpoint = verify_checkpoint(signed, log_key)
        except VerificationError as error:
            self._add("checkpoint", False, error.sentence)
            return None
        whose = f" {fingerprint(log_key)}" if self._prefix else ""
        self._add("checkpoint", True, f"Signed head of a log{whose} of {checkpoint.size} records.")
        return checkpoint

    def _judge_records(self, records: Sequence[Json], checkpoint: Checkpoint) -> None:
        for place, untrusted in enumerate(records):
            name = _name_of(untrusted, place)
            try:
                disclosed, faults = verify_disclosure(untrusted, checkpoint)
            except VerificationError as error:
                self._add(name, False, error.sentence)
                continue
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

    def _judge_positions(
        self, records: Sequence[Json], left_out: Sequence[tuple[int, int]], checkpoint: Checkpoint
    ) -> None:
        claimed = [untrusted.get("index") for untrusted in records if isinstance(untrusted, dict)]
        runs = [(index, index) for index in claimed if isinstance(index, int) and not isinstance(index, bool)]
        runs += left_out
        following = 0
        for first, last in sorted(runs):
            if first != following:
                break
            following = last + 1
        whole = following == checkpoint.size and sum(last - first + 1 for first, last in runs) == checkpoint.size
        count = sum(last - first + 1 for first, last in left_out)
        self._add(
            "positions",
            whole,
            f"{len(claimed)} of {checkpoint.size} records are shown and {count} are named as left out."
            if whole
            else "The records shown and those named as left out are not the whole log.",
        )

    def _judge_key(self, log_key: bytes) -> None:
        first = self.disclosed.get(0)
        shown = first.shown if first else {}
        ok = shown.get("/fields/log_key") == base64.encode(log_key)
        self._add("log key", ok, "Sealed in record 0." if ok else "Record 0 does not hold the key that signs.")


def _name_of(untrusted: Any, place: int) -> str:
    index = untrusted.get("index") if isinstance(untrusted, dict) else None
    return f"record {index}" if isinstance(index, int) and not isinstance(index, bool) else f"record in place {place}"


def _shown_in_words(disclosed: Disclosed) -> str:
    withheld = []
    if disclosed.withheld_paths:
        withheld.append(_counted(len(disclosed.withheld_paths), "field"))
    if disclosed.withheld_words:
        withheld.append(_counted(disclosed.withheld_words, "word"))
    if withheld:
        return f"What is shown is what was sealed; withheld: {' and '.join(withheld)}."
    return "Word for word what was sealed."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
