"""Fields of rich text that show something of their code: tick boxes and lists of forms, signs, buttons (Rich Text Format Specification 1.9.1, “Fields”, “Form Fields”)."""

from typing import Final

from evidence_app.documents.office.markup.signs import shown_by_code

NUMBERS: Final = frozenset({"fftype", "ffres", "ffdefres"})
"""Control words of a form's field: its type, its state, and its usual state."""
TICK_BOX, LIST = 1, 2
USUAL: Final = 25
"""The state of a field that is as it usually is."""
MAX_CODE: Final = 2_000
MAX_ENTRIES: Final = 200
TICKS: Final = "FORMCHECKBOX"
CHOICES: Final = "FORMDROPDOWN"


class RichTextFields:
    """Gathers what the fields of a document say of themselves, one after the other."""

    def __init__(self) -> None:
        self.is_shown = False
        """Whether the field that is being read was shown by its code, so that its result says the same again."""
        self._code = bytearray()
        self._entry = bytearray()
        self._entries: list[str] = []
        self._numbers: dict[str, int] = {}

    def begin(self) -> None:
        """Begin a field."""
        self.is_shown = False
        self._code.clear()
        self._entries.clear()
        self._numbers.clear()

    def add_code(self, text: bytes) -> None:
        """Add to the code of the field."""
        self._code += text[: MAX_CODE - len(self._code)]

    def add_entry(self, text: bytes) -> None:
        """Add to an entry of the field's list."""
        self._entry += text[: MAX_CODE - len(self._entry)]

    def end_entry(self) -> None:
        """End an entry of the field's list."""
        if len(self._entries) < MAX_ENTRIES:
            self._entries.append(self._entry.decode("cp1252", "replace").strip())
        self._entry.clear()

    def follow(self, word: str, number: int | None) -> None:
        """Follow a control word that says something of a form's field."""
        if word in NUMBERS and number is not None:
            self._numbers[word] = number

    def end_code(self) -> str:
        """End the code of the field; return what it shows by itself, or ""."""
        code = self._code.decode("cp1252", "replace").strip()
        shown = self._form(code.split(maxsplit=1)[0].upper() if code else "") or shown_by_code(code)
        self.is_shown = bool(shown)
        return shown

    def _form(self, name: str) -> str:
        state = self._numbers.get("ffres", USUAL)
        state = self._numbers.get("ffdefres", 0) if state == USUAL else state
        if name == TICKS or self._numbers.get("fftype") == TICK_BOX:
            return "☒" if state else "☐"
        if name == CHOICES or self._numbers.get("fftype") == LIST:
            return self._entries[state] if 0 <= state < len(self._entries) else ""
        return ""
