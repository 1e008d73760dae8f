"""The control words of rich text that say what words are, or that there are none (Rich Text Format Specification 1.9.1)."""

import re
from typing import Final

from evidence_app.documents.office.content import Change

TOKEN: Final = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
SILENT: Final = frozenset(
    [
        "fonttbl",
        "atnid",
        "atrfstart",
        "atrfend",
        "atndate",
        "colortbl",
        "stylesheet",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "generator",
        "xmlnstbl",
        "themedata",
        "colorschememapping",
        "datastore",
        "latentstyles",
        "shprslt",
        "filetbl",
        "revtbl",
        "pgptbl",
        "mmathPr",
        "bkmkstart",
        "bkmkend",
        "nonshppict",
        "template",
    ]
)
"""Groups that hold no words of the document, or once more what a group before them holds, for older programs."""
OBJECT: Final = "objdata"
"""The group with the data of an object."""
DATA: Final = frozenset({"pict", OBJECT})
"""Groups that hold a picture or an object."""
FOLLOWED: Final = frozenset({"shptxt", "shpinst", "shppict", "do", OBJECT})
"""Groups that programs may leave out, and that are followed here."""
CODE_OF_FIELD, ENTRY_OF_FIELD = "fldinst", "ffl"
NAME_OF_PROPERTY: Final = "sn"
MAX_PROPERTY: Final = 64
PICTURE_OF_SHAPE: Final = b"pib"
"""The group with the name of a shape's property, and the name of the one that is its picture."""
BESIDE: Final = {
    "header": "Header of its pages",
    "headerl": "Header of its left pages",
    "headerr": "Header of its right pages",
    "headerf": "Header of its first page",
    "footer": "Footer of its pages",
    "footerl": "Footer of its left pages",
    "footerr": "Footer of its right pages",
    "footerf": "Footer of its first page",
    "footnote": "Footnote",
    "annotation": "Comment",
}
INFO: Final = {
    "author": "Author, as the file says",
    "operator": "Last changed by, as the file says",
    "title": "Title, as the file says",
    "subject": "Subject, as the file says",
    "keywords": "Keywords, as the file says",
    "doccomm": "Remarks, as the file says",
    "company": "Organisation, as the file says",
    "manager": "Manager, as the file says",
}
SIGNS: Final = {
    "tab": "\t",
    "line": "\n",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "endash": "–",
    "emdash": "—",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
}
CHANGES: Final = {
    "v": Change.HIDDEN,
    "deleted": Change.DELETED,
    "revised": Change.INSERTED,
    "strike": Change.STRUCK,
    "striked": Change.STRUCK,
}
"""Control words that say what was done to words; 0 behind them ends it."""
FIRST: Final = (Change.DELETED, Change.HIDDEN, Change.INSERTED, Change.STRUCK)
ESCAPED: Final = {
    b"~": "\u00a0",
    b"_": "\u2011",
    b"-": "\u00ad",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"\n": "\n",
    b"\r": "\n",
}
TEXTS: Final = frozenset({CODE_OF_FIELD, ENTRY_OF_FIELD, NAME_OF_PROPERTY})
"""Groups whose words say something of what is around them: the code of a field, an entry of its list, the name of a property."""
