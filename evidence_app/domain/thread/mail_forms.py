"""What is said of records of mail that are no ordinary mails: drafts, copies, reactions, meetings and other items of Outlook."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase


@dataclass(frozen=True, slots=True)
class FormWords:
    """The words of a form, and the limit of what it shows. In `words` {who} is whom it is from, {responded} its answer or reaction."""

    words: str
    limit: str = ""


NO_ANSWER_TO_MAIL: Final = "It says nothing on what was asked: the wait for an answer goes on."
OF_A_CALENDAR: Final = (
    "An item of a calendar or folder shows what somebody noted there, not that anything was sent or took place."
)

FORM_WORDS: Final[MappingProxyType[str, FormWords]] = MappingProxyType(
    {
        "draft file": FormWords(
            "A draft, not sent as far as the file shows",
            "It shows that something was written, and not that it was sent.",
        ),
        "another copy": FormWords(
            "Another copy of a message that is held", "It adds no message and asks for nothing again."
        ),
        "reaction": FormWords("Reaction from {who}: {responded}", f"A reaction is no answer. {NO_ANSWER_TO_MAIL}"),
        "perhaps a receipt": FormWords(
            "Perhaps a receipt from {who}, with nothing in it",
            "It counts as nothing but having come: what it said is not in the file.",
        ),
        "meeting request": FormWords("Invitation to a meeting from {who}", NO_ANSWER_TO_MAIL),
        "meeting answer": FormWords(
            "Answer of {who} to an invitation: {responded}", f"It answers the invitation alone. {NO_ANSWER_TO_MAIL}"
        ),
        "meeting cancelled": FormWords("Meeting cancelled by {who}", NO_ANSWER_TO_MAIL),
        "appointment": FormWords("Appointment in a calendar", OF_A_CALENDAR),
        "contact": FormWords("Contact in an address book", OF_A_CALENDAR),
        "task": FormWords("Task", OF_A_CALENDAR),
        "note": FormWords("Note in a mail program", OF_A_CALENDAR),
        "post": FormWords("Post in a folder, from {who}", NO_ANSWER_TO_MAIL),
        "journal entry": FormWords("Journal entry in a mail program", OF_A_CALENDAR),
        "other item": FormWords("Item of a mail program", OF_A_CALENDAR),
    }
)
"""What is said of each form (vocabularies.MAIL_FORMS)."""


def in_words(form: str, who: str, responded: str) -> Phrase:
    """Return what a mail of a form is, in words."""
    return phrase(
        FORM_WORDS[form].words,
        who=who or phrase("somebody"),
        responded=responded or phrase("not said what"),
    )
