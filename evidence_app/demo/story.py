"""The invented year, told through the program's own doors: records sealed, e-mails drafted, mails brought in."""

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from evidence_app.demo.papers import make_paper
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.time.times import typed_moment
from evidence_app.errors import EnvironmentProblem
from evidence_app.files import system_errors_named, write_whole
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.services.core.sealing import Source, seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.mail.drafting import Wish, write_draft
from evidence_app.services.mail.importing import open_import
from evidence_app.services.records.reading import record_at

_HEAD: Final = re.compile(r"\{head:([a-z0-9-]+)\}")


class SetClock:
    """A clock that stands where it is put: the invented year has its own time."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return the moment it was put to, in UTC."""
        return self.moment.astimezone(UTC)


class Story:
    """One telling. Mails are written into a folder, as a mail program would save them, and brought in from there."""

    def __init__(self, session: Session, clock: SetClock, case: JsonObject, mail: Path) -> None:
        self._session = session
        self._clock = clock
        self._case = case
        self._mail = mail
        self._papers = {str(paper["name"]): paper for paper in objects(case["papers"])}
        self._positions: dict[str, int] = {}
        self._heads: dict[str, str] = {}
        self._kinds = Counter[str]()

    def tell(self) -> Counter[str]:
        """Tell it and return how many records of each kind were made."""
        with system_errors_named(f"The folder {self._mail.name} could not be made"):
            self._mail.mkdir(exist_ok=True)
        settings = self._case.get("settings")
        for name, values in settings.items() if isinstance(settings, dict) else ():
            change_setting(self._session, name, [str(value) for value in values] if isinstance(values, list) else [])
        for item in objects(self._case["entries"]):
            self._clock.moment = typed_moment(str(item["sealed_at"]))
            if "brought_in" in item:
                index = self._bring_in(str(item["brought_in"]))
            elif isinstance(item.get("draft"), dict):
                index = self._draft(str(item["key"]), objects([item["draft"]])[0])
            else:
                index = self._seal(item)
            self._positions[str(item["key"])] = index
            self._kinds[record_at(self._session, index).kind.name] += 1
        return self._kinds

    def _seal(self, item: JsonObject) -> int:
        written = objects([item["entry"]])[0]
        listed = written.get("attachments")
        names = [str(name) for name in listed] if isinstance(listed, list) else []
        links: list[Json] = [
            {"to": self._positions[str(link["to"])], "as": link["as"]} for link in objects(written.get("links", []))
        ]
        entry = read_entry({**written, "attachments": [], "links": links})
        sources = [Source(name, content=make_paper(self._papers[name])) for name in names]
        return seal(self._session, entry, sources, recorded_at=typed_moment(str(item["written_at"]))).index

    def _draft(self, key: str, wanted: JsonObject) -> int:
        paper = self._papers[str(wanted["mail"])]
        rows = paper["headers"]
        headers = {str(row[0]): str(row[1]) for row in rows if isinstance(row, list)} if isinstance(rows, list) else {}
        wish = Wish(
            to=(headers["To"],),
            cc=(headers["Cc"],) if "Cc" in headers else (),
            subject=headers["Subject"],
            body=_HEAD.sub("", str(paper["text"])).strip(),
            reply_days=int(str(wanted["reply_days"])) if "reply_days" in wanted else None,
        )
        out = self._mail / f"Draft of {wanted['mail']}"
        drafted = write_draft(self._session, self._positions[str(wanted["of"])], wish, out)
        self._heads[key] = drafted.preview.checkpoint_line
        return drafted.index

    def _bring_in(self, name: str) -> int:
        paper = self._papers[name]
        text = _HEAD.sub(lambda match: self._heads[match[1]], str(paper["text"]))
        path = self._mail / name
        write_whole(path, make_paper(paper | {"text": text}))
        desk = open_import(self._session)
        desk.look([path], lambda _done, _total: None, lambda: False)
        (item,) = desk.take_in(sealing=True, progress=lambda _done, _total: None)
        if item.record is None:
            raise EnvironmentProblem(f"The program's invented case is damaged: {name}: {item.in_words()}")
        return item.record


def objects(value: Json) -> list[JsonObject]:
    """Return the objects of a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
