"""The kinds of record that the program itself seals: events of the log and the store."""

from typing import Final

from evidence_app.domain.record import vocabularies as words
from evidence_app.domain.record.common_fields import person
from evidence_app.domain.record.fields import (
    Audience,
    Holder,
    Kind,
    boolean,
    choice,
    date,
    group,
    integer,
    line,
    moment,
    prose,
)

LOG = Kind(
    "log",
    "Log opened",
    "The first record of every log: whose it is and which keys sign it",
    "statement",
    (
        line("statement", "Statement", required=True),
        person("owner", "Owner"),
        choice("machine", "Machine", ("employer", "other"), required=True),
        choice("holder", "Held by", tuple(Holder)),
        choice("purpose", "Purpose", ("practice", "demonstration"), required=True),
        line("log_key", "Log key", required=True, technical=True),
        line("certificate_sha256", "Signing certificate, SHA-256", required=True, technical=True),
        line("program", "Program", required=True),
    ),
)

EXPORT = Kind(
    "export",
    "Export",
    "A bundle that left the store",
    "profile",
    (
        line("what", "What it is, if no bundle"),
        line("profile", "Profile", required=True),
        line("profile_version", "Profile version"),
        line("recipient", "Prepared for"),
        line("marking", "Marking"),
        integer("pages", "Pages"),
        integer("bytes", "Bytes"),
        line("sha256", "SHA-256 of the file", required=True, technical=True),
        integer("records_shown", "Records shown"),
        integer("records_left_out", "Records left out"),
        integer("fields_withheld", "Fields withheld"),
        integer("redactions", "Things withheld by the redaction schedule"),
        line("plan", "Plan"),
        line("head", "Head of the log in it", technical=True),
        line("recipient_key", "Encrypted to the owner of the log", technical=True),
        group(
            "looked_at",
            "Pages that a person looked at because words on them may have been missed",
            (line("exhibit", "Exhibit"), integer("page", "Page"), line("sha256", "SHA-256 of the file")),
            many=True,
            technical=True,
        ),
        group(
            "pseudonyms",
            "Key to the pseudonyms: keep at work",
            (line("pseudonym", "Pseudonym"), line("stands_for", "Stands for")),
            many=True,
        ),
    ),
    headline=("what", "recipient", "pages"),
)

PRINT = Kind(
    "print",
    "Print",
    "Something that was printed on paper, and where the paper is kept",
    "what",
    (
        line("what", "What was printed", required=True),
        integer("pages", "Pages"),
        line("page_numbers", "Which pages"),
        integer("copies", "Copies"),
        line("kept_at", "Where it is kept", required=True),
        line("recipient", "For whom"),
        line("sha256", "SHA-256 of the file", technical=True),
    ),
    headline=("what", "kept_at"),
)

DRAFTED_MAIL = Kind(
    "drafted-mail",
    "Drafted e-mail",
    "An e-mail written out for the officer's own mail program to send",
    "subject",
    (
        line("subject", "Subject", required=True),
        line("to", "To", many=True),
        line("cc", "Copied to", many=True),
        choice("receipt_requested", "Mail receipt asked for", words.RECEIPTS_REQUESTED),
        date("reply_by", "Reply asked for by"),
        prose("content", "What it says"),
        line("letter", "Letter"),
        line("head", "Head of the log that it quotes", required=True, technical=True),
        integer("replaced", "Identifiers replaced by pseudonyms"),
        line("warnings", "Warnings shown", many=True, technical=True),
        line("sha256", "SHA-256 of the file", required=True, technical=True),
    ),
)

KEY_CHANGE = Kind(
    "key-change",
    "Change of keys",
    "A passphrase or recovery code added, changed or removed",
    "change",
    (
        choice(
            "change",
            "What changed",
            ("passphrase changed", "recovery code replaced", "key slot removed", "header restored from its copy"),
            required=True,
        ),
        line("slot", "Key slot"),
    ),
)

RESTORE = Kind(
    "restore",
    "Restored from a backup",
    "A backup that took the place of the store: what was sealed after it is not in this log any more",
    "reason",
    (
        line("reason", "Why", required=True),
        line("backup_made_at", "When the backup was made", required=True),
        integer("records", "Records in the backup", required=True),
        line("head", "Head of the log in the backup", required=True, technical=True),
    ),
    headline=("reason", "backup_made_at"),
)

RESCUE = Kind(
    "rescue",
    "Rescued from a damaged store",
    "A new store that was made of what could be read in a damaged one; the log goes on",
    "reason",
    (
        line("reason", "Why", required=True),
        integer("records", "Records in the log", required=True),
        prose("lost_records", "Records that are lost"),
        prose("lost_attachments", "Attachments that are lost, by SHA-256"),
        boolean("newest_lost", "What was sealed last may be missing"),
        line("head", "Head of the log", required=True, technical=True),
    ),
    headline=("reason", "lost_records"),
)

CARD = Kind(
    "card",
    "Card taken in",
    "Which keys somebody has, and whether the words on the card were compared with what they read out",
    "name",
    (
        line("name", "Name", required=True),
        line("role", "Role"),
        choice("compared", "Words compared", words.COMPARED, required=True),
        line("words", "Words", required=True),
        line("log_key", "Key of their log", required=True, technical=True),
        line("witness_key", "Key for countersigning", required=True, technical=True),
        prose("card", "Card", required=True),
    ),
    headline=("name", "compared"),
)

WITNESSING = Kind(
    "witnessing",
    "Countersigned for somebody",
    "A head of somebody else's log that was shown to me, and whether I countersigned it; none of its content",
    "result",
    (
        choice("result", "Result", words.WITNESSING_RESULTS, required=True),
        line("whose", "Whose log"),
        line("origin", "Log", required=True),
        integer("size", "Records in the log", required=True),
        line("head", "Head of the log", required=True, technical=True),
        line("head_before", "Head that I countersigned before", technical=True),
        prose("signed_checkpoint", "Checkpoint", required=True, technical=True),
        prose("checkpoint_before", "Checkpoint that I countersigned before", technical=True),
    ),
    headline=("result", "whose"),
)

COSIGNATURE = Kind(
    "cosignature",
    "Countersigned by a witness",
    "Somebody who saw no content countersigned the head of this log: what was sealed before it is fixed",
    "witness",
    (
        # Withheld from an employer: a cosignature by a person's rep may reveal their union membership.
        line("witness", "Witness", required=True, audience=Audience.UNION),
        moment("cosigned_at", "Countersigned, by the witness's clock", required=True),
        integer("size", "Records covered", required=True),
        choice("compared", "Words of the witness's card", words.COMPARED),
        # Of ML-DSA-44 it is longer than a line may be.
        prose("witness_key", "Key of the witness", required=True, technical=True),
        prose("cosigned_checkpoint", "Countersigned checkpoint", required=True, technical=True),
        # Of a union's own witness: its key's name may reveal the membership, and the proof needs that name.
        choice("restricted_to", "Kept from the employer because it is", words.ADVICE),
    ),
    headline=("cosigned_at",),
)

WITNESS_KEY = Kind(
    "witness-key",
    "Witness that I trust",
    "A service or a person without a card whose countersignatures I take, and with which key",
    "name",
    (
        line("name", "Name", required=True),
        line("address", "Where it answers"),
        # Of ML-DSA-44 it is longer than a line may be.
        prose("witness_key", "Key of the witness", required=True, technical=True),
        choice("restricted_to", "Kept from the employer because it is", words.ADVICE),
    ),
)

TIME_AUTHORITY = Kind(
    "time-authority",
    "Time-stamping authority",
    "Whose time stamps I trust, and with which certificates",
    "name",
    (
        line("name", "Name", required=True),
        line("address", "Where it answers"),
        line("root_sha256", "SHA-256 of the root certificate", required=True, technical=True),
        prose("certificates", "Certificates", required=True, technical=True),
    ),
)

TIME_STAMP = Kind(
    "time-stamp",
    "Time stamp",
    "An authority that saw no content says when it saw the head of this log: what was sealed before it is fixed",
    "authority",
    (
        line("authority", "Authority", required=True),
        moment("stamped_at", "Stamped, by the authority's clock", required=True),
        moment("valid_until", "The authority's certificate ends"),
        integer("size", "Records covered", required=True),
        line("root_sha256", "SHA-256 of the root certificate", required=True, technical=True),
        prose("signed_checkpoint", "Checkpoint that was stamped", required=True, technical=True),
        prose("answer", "Answer of the authority", required=True, technical=True),
        prose("certificates", "Certificates", required=True, technical=True),
    ),
    headline=("authority", "stamped_at"),
)

BUNDLE_STAMP = Kind(
    "bundle-stamp",
    "Time stamp in a bundle",
    "An authority that saw no content says when it saw the file of a bundle; the stamp is in the file",
    "authority",
    (
        line("authority", "Authority", required=True),
        moment("stamped_at", "Stamped, by the authority's clock", required=True),
        moment("valid_until", "The authority's certificate ends", required=True),
        line("level", "Level of the signature (ETSI EN 319 142-1)", required=True, technical=True),
        line("root_sha256", "SHA-256 of the root certificate", required=True, technical=True),
        line("sha256", "SHA-256 of the file with the time stamp", required=True, technical=True),
        line("before_sha256", "SHA-256 of the file before", required=True, technical=True),
        integer("export", "Record of the export"),
    ),
    headline=("authority", "stamped_at"),
)

WORD_LIST = Kind(
    "word-list",
    "Word list taken in",
    "Changes to the lists of words to choose from, that somebody signed and handed round",
    "title",
    (
        # Withheld from an employer: a list of a union branch may reveal the membership of whoever took it in.
        line("title", "Title", required=True, audience=Audience.UNION),
        line("signed_by", "Signed by", required=True, audience=Audience.UNION),
        moment("made_at", "Made", required=True),
        integer("changes", "Changes", required=True),
        line("signer", "Log of the signer", required=True, audience=Audience.UNION, technical=True),
        prose("note", "Word list", required=True, audience=Audience.UNION, technical=True),
    ),
    headline=("changes", "made_at"),
)

PROGRAM_KINDS: Final = (
    *(LOG, DRAFTED_MAIL, EXPORT, PRINT, KEY_CHANGE, RESTORE, RESCUE),
    *(CARD, WITNESSING, COSIGNATURE, WITNESS_KEY, TIME_AUTHORITY, TIME_STAMP, BUNDLE_STAMP, WORD_LIST),
)
"""All of these kinds, in the order in which they are listed."""
