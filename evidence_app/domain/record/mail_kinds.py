"""The kinds of record of correspondence: mails, mail receipts and responses (docs/spec/mail.md)."""

from evidence_app.domain.record import vocabularies as words
from evidence_app.domain.record.common_fields import VIEWS, person
from evidence_app.domain.record.fields import (
    Holder,
    Kind,
    boolean,
    choice,
    choice_from,
    date,
    group,
    integer,
    line,
    moment,
    prose,
)
from evidence_app.domain.record.lists import word_lists as lists

DKIM = group(
    "dkim",
    "DKIM signature of the sending domain",
    (
        choice("result", "Result", words.DKIM_RESULTS),
        line("domain", "Domain"),
        line("key_name", "Key record"),
        line("key", "Key", many=True),
        line("reason", "Reason"),
    ),
    folded=True,
    technical=True,
)
"""The result of verifying a DKIM signature (RFC 6376). `key` is the DNS key record, split into lines that a field can hold."""

DETAILS = group(
    "details",
    "What it says beside its words",
    (line("what", "What", required=True), line("text", "It says", required=True)),
    many=True,
)
"""When a meeting begins, where it is, who was invited, whose signature there is: what an item says of itself."""

RECIPIENT_ROWS = group(
    "recipients",
    "What it says of each recipient",
    (
        line("recipient", "Recipient"),
        choice("type", "It says", words.MAIL_RECEIPT_TYPES),
        line("original_recipient", "Recipient that the message named", technical=True),
        line("status", "Status"),
        line("diagnostic", "Reason given"),
        line("remote_mta", "Reported by"),
    ),
    many=True,
    folded=True,
)
"""The per-recipient fields of a delivery report (RFC 3464)."""

MESSAGE = Kind(
    "message",
    "Message",
    "An e-mail sent or received, as it was",
    "subject",
    (
        choice("direction", "Direction", words.DIRECTIONS, required=True),
        choice("form", "What it is", words.MAIL_FORMS),
        line("responded", "Answer or reaction"),
        line("subject", "Subject"),
        line("from", "From"),
        line("to", "To", many=True),
        line("cc", "Copied to", many=True),
        line("bcc", "Copied unseen", many=True),
        moment("sent_at", "Sent at"),
        line("sent_at_raw", "Date header as written", folded=True, technical=True),
        line("message_id", "Message-ID", folded=True, technical=True),
        line("in_reply_to", "In-Reply-To", folded=True, technical=True),
        line("references", "References", many=True, folded=True, technical=True),
        choice("receipt_requested", "Mail receipt asked for", words.RECEIPTS_REQUESTED),
        date("reply_by", "Reply asked for by", ahead=True),
        prose("content", "What it says"),
        DETAILS,
        line("location", "Where the original is kept", folded=True, technical=True),
        choice("stored", "Kept here", ("full", "headers only"), folded=True, technical=True),
        boolean("outside_domain", "Left the secure system", folded=True),
        boolean("automatic", "Automatic reply: neither a receipt nor an answer", folded=True),
        choice("match", "Matched to the message it answers", words.RECEIPT_MATCH, folded=True),
        line("conversation", "Outlook's conversation index", folded=True, technical=True),
        line("quoted_heads", "Head of the log that it quotes", many=True, folded=True, technical=True),
        DKIM,
        line("remarks", "Remarks on reading it", many=True, folded=True, technical=True),
    ),
    "m",
    holders=frozenset(Holder),
)

MAIL_RECEIPT = Kind(
    "mail-receipt",
    "Mail receipt",
    "What a mail receipt or delivery report says, or that none came",
    "type",
    (
        choice("type", "It says", words.MAIL_RECEIPT_TYPES, required=True),
        line("for_message_id", "For the message", folded=True, technical=True),
        choice("match", "Matched to the message", words.RECEIPT_MATCH),
        line("final_recipient", "Recipient"),
        moment("receipt_at", "Time on the receipt"),
        line("receipt_at_raw", "Time as written", folded=True, technical=True),
        choice("format", "Format", words.RECEIPT_FORMAT, technical=True),
        line("action_mode", "Action mode", folded=True, technical=True),
        line("sending_mode", "Sending mode", folded=True, technical=True),
        line("reporting_ua", "Reporting program", folded=True, technical=True),
        line("raw_sha256", "SHA-256 of the receipt", folded=True, technical=True),
        line("message_id", "Message-ID of the receipt", folded=True, technical=True),
        line("from", "Receipt from", folded=True),
        line("original_recipient", "Recipient that the message named", folded=True, technical=True),
        line("modifiers", "Modifiers", folded=True, technical=True),
        RECIPIENT_ROWS,
        prose("content", "What it says in words", folded=True),
        line("quoted_heads", "Head of the log that it quotes", many=True, folded=True, technical=True),
        DKIM,
        line("remarks", "Remarks on reading it", many=True, folded=True, technical=True),
    ),
    "k",
    headline=("type", "final_recipient"),
    holders=frozenset(Holder),
)

RESPONSE = Kind(
    "response",
    "Response",
    "An answer, or that none came by the date asked for",
    "content",
    (
        prose("content", "What was answered", required=True),
        person("from", "From"),
        choice_from("via", "How", lists.VIA),
        moment("at", "Answered at"),
        choice("effect", "Its effect", words.RESPONSE_EFFECTS),
        integer("working_days", "Working days waited"),
        *VIEWS[1:],
    ),
    "r",
    holders=frozenset(Holder),
)
