"""The lists that policy changes which name people and their work: roles, levels, what a rep does for members."""

from evidence_app.domain.record.lists.words import WordList, words

ROLES = WordList(
    "roles",
    "Roles",
    words(
        "Trainee (PQiP)",
        "Probation services officer",
        "Probation officer",
        "Senior probation officer",
        "Court officer",
        "Case administrator",
        "Deputy head of PDU",
        "Head of PDU",
        "Head of operations",
        "Head of performance and quality",
        "Head of corporate services",
        "Head of community integration",
        "Regional probation director",
        "Assistant chief officer or executive",
        "Area executive director",
        "Prison group director",
        "Chief probation officer",
        "Community offender manager",
        "Prison offender manager",
        "Victim liaison officer",
        "Commissioned provider (CRS)",
        "Approved premises staff",
        "Court",
        "Police",
        "Health",
        "Children's services",
        "Agency or temporary staff",
        "Secondee",
        "Volunteer or mentor",
        "SFO reviewing manager",
        "Inspector",
        "Union rep",
        "Equality rep",
        "Health and safety rep",
        "Learning rep",
        "Branch chair",
        "Colleague",
    ),
)

LEVELS = WordList(
    "levels",
    "Levels to go to",
    words(
        "SPO",
        "Head of PDU",
        "RPD/ACO",
        "HR",
        "whistleblowing nominated officer",
        "union",
        "H&S rep",
    ),
)

MATTERS = WordList(
    "matters",
    "A member's matter",
    words(
        "SFO (Serious Further Offence) review",
        "inquest",
        "public inquiry",
        "inspection",
        "disciplinary",
        "grievance",
        "capability or absence",
        "workload",
        "health and safety",
        "assault or near miss",
        "bullying, harassment or discrimination",
        "data protection",
        "protected disclosure",
        "facility time",
        "tribunal",
        "other",
    ),
)

FACILITY_SORTS = WordList(
    "facility-sorts",
    "What time off was for",
    words(
        "duties",
        "activities",
        "training",
        "safety representative",
        "learning representative",
        "equality representative",
        "accompanying a member",
    ),
)
