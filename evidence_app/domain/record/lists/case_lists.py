"""The lists that policy changes which a case needs: other agencies, assessments and plans."""

from evidence_app.domain.record.lists.words import WordList, words

AGENCIES = WordList(
    "agencies",
    "Other agencies",
    words(
        "court",
        "police",
        "prison",
        "health",
        "mental health service",
        "drug or alcohol service",
        "children's services",
        "adult social care",
        "housing",
        "jobcentre or benefits",
        "education or training",
        "immigration",
        "victim liaison",
        "approved premises",
        "commissioned provider (CRS)",
        "programmes",
        "unpaid work",
        "EM supplier",
        "youth justice",
        "other",
    ),
)

TOOLS = WordList(
    "tools",
    "Assessments and plans",
    words(
        "OASys",
        "OASys review",
        "sentence plan",
        "risk management plan",
        "SARA",
        "ARMS",
        "OSP",
        "RSR",
        "OGRS",
        "EPF",
        "MAPPA screening",
        "home visit",
        "domestic abuse check",
        "child safeguarding check",
        "other",
    ),
)
