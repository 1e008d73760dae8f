"""The closed vocabularies: words that the program reasons with, and that no policy changes. Lists that policy changes are in `word_lists`."""

from evidence_app.proof.verdicts import NOT_COMPARED

PRECISIONS = ("exact", "about", "date only", "period")

RELATIONS = (
    "corrects",
    "adds to",
    "answers",
    "repeats",
    "escalates",
    "follows",
    "carries out",
    "about",
    "receipt for",
    "results from",
    "under",
)
"""The relations of a link. *corrects* and *adds to* make the later record an addendum to the earlier one."""

RELATION_PHRASES: dict[str, str] = {
    "about": "is about",
    "receipt for": "is a mail receipt for",
    "under": "is under the policy of",
}
"""The verb of a relation in a sentence, where the relation is not a verb by itself."""

ADDENDUM_RELATIONS = frozenset({"corrects", "adds to"})
"""The relations of an addendum."""

LOOSE_RELATION = "follows"
"""The relation that orders two records without saying that they concern the same matter. Threads ignore it."""

SCOPE = ("one case", "cohort", "team", "region")

CERTAINTY = ("verbatim", "close", "gist")

CLARITY = ("clear", "ambiguous", "contradicts policy", "contradicts other instruction")

CONFIRMATION = ("not asked", "asked", "confirmed", "refused", "no reply")

COMPLIED = ("yes", "with concern", "partly", "no")

ROSH = ("low", "medium", "high", "very high")

SEVERITY = ("for information", "needs reply", "urgent")

DISCLOSURE_FLAG = ("unset", "may qualify - advice sought")

CONCERN_STATES = (
    "open",
    "acknowledged",
    "answered",
    "escalated",
    "resolved",
    "closed unresolved",
    "withdrawn",
)

RECEIPTS_REQUESTED = ("read", "delivery", "both", "none")

MAIL_RECEIPT_TYPES = (
    "displayed",
    "deleted",
    "denied",
    "dispatched",
    "processed",
    "delivered",
    "relayed",
    "expanded",
    "delayed",
    "failed",
    "not stated",
    "none received",
)
"""The types of mail receipts and delivery reports. Only *displayed* means opened, and only according to the receipt.

*none received* records that none came, and *not stated* that one came whose type cannot be determined.
"""

DKIM_RESULTS = ("verified", "failed", "not checked", "no signature")

RECEIPT_MATCH = ("exact", "probable", "by hand")

RECEIPT_FORMAT = ("MDN", "DSN", "msg report")

RESPONSE_EFFECTS = (
    "agrees",
    "declines",
    "instructs again",
    "defers",
    "delegates",
    "no substantive answer",
    "no answer by the date",
)

ESCALATION_REASONS = ("no reply in time", "refused", "policy requires", "scale", "other")

ACTION_STATES = ("open", "done", "not done", "overtaken")

PAPERS = ("with papers", "some papers", "without papers")
"""Whether a case came with its papers."""

CHECKED_BY_ME = "checked by me"
WORDS_CHECKED = (CHECKED_BY_ME, "not checked")

POLICY_GIVEN = ("shown to me in writing", "named and not shown", "none was given")
"""Whether a policy was given for what was told."""

WHAT_CAME = ("all of it", "part of it", "refused", "nothing", "nobody came")
"""What came of a referral to another agency. The first `ANSWERED` of them answer it."""
ANSWERED = frozenset(WHAT_CAME[:3])

ASSESSMENT_STATES = ("done", "begun", "not done", "not needed")
"""How an assessment stands in a case."""

CASE_OUTCOMES = ("changed", "not changed", "already so", "changed back", "no longer mine")
"""What became of one of the cases that an instruction covers."""

OUTCOMES = ("done", "not done", "overtaken")

MINUTES = ("yes", "no", "requested")

YES_NO = ("yes", "no")

NDELIUS_ENTERED = ("yes", "no", "not applicable")

MARKINGS = (
    "OFFICIAL",
    "OFFICIAL-SENSITIVE",
    "PRIVATE AND CONFIDENTIAL",
    "PREPARED FOR UNION ADVICE",
    "FOR LEGAL ADVICE",
)

DIRECTIONS = ("sent", "received", "neither")
"""Which way a mail went. *neither*: nothing in the file shows that it was sent, or it is an item that nobody sends."""

MAIL_FORMS = (
    "draft file",
    "another copy",
    "reaction",
    "perhaps a receipt",
    "meeting request",
    "meeting answer",
    "meeting cancelled",
    "appointment",
    "contact",
    "task",
    "note",
    "post",
    "journal entry",
    "other item",
)
"""What a file is that a mail program holds and that is no ordinary mail (docs/spec/mail.md, section 1). None of them answers anything."""

ANSWER = ("yes", "no", "not applicable")

CHECKLIST: tuple[tuple[str, str], ...] = (
    ("knowledge", "I had the knowledge and skill that the decision needed"),
    ("evidence", "It rests on evidence"),
    ("information", "Information was collected, checked and weighed"),
    ("communication", "The people who needed to know were told"),
    ("tools", "Reliable assessment tools were used and up to date"),
    ("steps", "All reasonable steps were taken"),
    ("policy", "It is within policy and procedure"),
    ("match", "Contact and intervention match the risk"),
    ("response", "It responds to escalating risk or worsening behaviour"),
)
"""The nine points of a defensible decision, after Kemshall (2009) and the lists derived from her."""

UNION_ADVICE = "union advice"
ADVICE = (UNION_ADVICE, "legal advice")
"""For whose sake a record is kept from the employer."""
COMPARED = (NOT_COMPARED, "by telephone", "face to face")
"""The ways in which the words of a card were compared with those that its owner read out."""
COUNTERSIGNED = "countersigned"
"""The result of a witnessing in which the checkpoint was countersigned."""
WITNESSING_RESULTS = (COUNTERSIGNED, "refused: fewer records than before", "refused: records were changed")

MATTER_STATES = ("open", "waiting", "closed")
ADVICE_ASKED = ("not asked yet", "asked", "given")
"""Whether a qualified person was asked for advice on time limits."""

DISPOSAL_REASONS = (
    "the time agreed is over",
    "consent has ended",
    "the matter is closed",
    "the member asked for it",
    "held by mistake",
    "I leave the service",
    "handed back to the employer",
    "other",
)
"""Why a rep disposes of what was held about a member."""

FACILITY_PAID = ("paid", "unpaid", "own time")
