"""Text to paste into nDelius, the service's authoritative case record."""

from evidence_app.domain.record.records import SealedRecord
from evidence_app.proof.encoding.json import Json
from evidence_app.proof.encoding.times import in_words, read_moment


def paste_text(record: SealedRecord) -> str:
    """Return a short contact entry for a decision, or an empty string for other kinds.

    The author's own text in `paste_text` takes precedence.
    """
    if record.kind.name != "decision":
        return ""
    fields = record.fields
    if fields.get("paste_text"):
        return str(fields["paste_text"])
    sentences = [_opening(record), f"Reason: {_ended(str(fields.get('rationale', '')))}"]
    if fields.get("info_missing"):
        sentences.append(f"Information not available: {_ended(str(fields['info_missing']))}")
    if fields.get("dissent"):
        sentences.append(f"My view differed: {_ended(str(fields['dissent']))}")
    if fields.get("conditions"):
        sentences.append(f"Conditions: {_ended(str(fields['conditions']))}")
    if fields.get("review_due"):
        sentences.append(f"Review due {fields['review_due']}.")
    return " ".join(sentences)


def _opening(record: SealedRecord) -> str:
    fields = record.fields
    when = in_words(read_moment(str(fields["discussed_at"]))) if fields.get("discussed_at") else record.event_in_words()
    manager = _person(fields.get("agreed_by"))
    opening = f"{when}: after discussion with {manager}, " if manager else f"{when}: "
    what = str(fields.get("decision_type", "decision"))
    if fields.get("from_value") and fields.get("to_value"):
        return f"{opening}{what} changed from {fields['from_value']} to {fields['to_value']}."
    if fields.get("to_value"):
        return f"{opening}{what}: {fields['to_value']}."
    return f"{opening}{what} decided."


def _person(value: Json) -> str:
    if not isinstance(value, dict):
        return ""
    name, role = str(value.get("person", "")), str(value.get("role", ""))
    return f"{name} ({role})" if name and role else name or role


def _ended(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."
