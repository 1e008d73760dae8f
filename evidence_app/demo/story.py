"""Replay of the invented year through the program's services: seal records, draft e-mails, import mails."""

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from evidence_app.demo.papers import make_paper
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.time.times import typed_moment
from evidence_app.errors import EnvironmentProblem
from evidence_app.files import resource, system_errors_named, write_whole
from evidence_app.proof.encoding.json import Json, JsonObject, parse
from evidence_app.services.core.sealing import Source, seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.mail.drafting import Wish, write_draft
from evidence_app.services.mail.importing import open_import
from evidence_app.services.records.reading import record_at

_CHECKPOINT_PLACEHOLDER: Final = re.compile(r"\{head:([a-z0-9-]+)\}")
"""Placeholder in a mail for the checkpoint line of the draft with this key."""


def read_story(name: str) -> JsonObject:
    """Return the content of a resource that tells a part of the invented case.

    Raises:
        EnvironmentProblem: it cannot be read, or is damaged.
    """
    with system_errors_named("The invented case cannot be read"):
        content = resource(name).read_bytes()
    story = parse(content, "The invented case")
    if not isinstance(story, dict):
        raise EnvironmentProblem("The program's invented case is damaged: install it again.")
    return story


class SetClock:
    """Clock that stands still at `moment`, an aware datetime, until it is set again."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return the set time in UTC."""
        return self.moment.astimezone(UTC)


class Story:
    """A replay of invented years into a store, one after the other. Mails are written to the folder `mail`, as a mail program saves them, and imported from it."""

    def __init__(self, session: Session, clock: SetClock, mail: Path) -> None:
        self._session = session
        self._clock = clock
        self._mail = mail
        self._documents: dict[str, JsonObject] = {}
        self._positions: dict[str, int] = {}
        self._checkpoint_lines: dict[str, str] = {}
        self._kinds = Counter[str]()

    def tell(self, year: JsonObject) -> Counter[str]:
        """Replay a year. Returns the number of records of each kind in all the years so far.

        Raises:
            EnvironmentProblem: the folder or the store cannot be written, or the description is damaged.
        """
        with system_errors_named(f"The folder {self._mail.name} could not be made"):
            self._mail.mkdir(exist_ok=True)
        self._documents |= {str(paper["name"]): paper for paper in objects(year["papers"])}
        settings = year.get("settings")
        for name, values in settings.items() if isinstance(settings, dict) else ():
            change_setting(self._session, name, [str(value) for value in values] if isinstance(values, list) else [])
        for item in objects(year["entries"]):
            self._clock.moment = typed_moment(str(item["sealed_at"]))
            if "brought_in" in item:
                index = self._import(str(item["brought_in"]))
            elif isinstance(item.get("draft"), dict):
                index = self._draft(str(item["key"]), objects([item["draft"]])[0])
            else:
                index = self._seal(item)
            self._positions[str(item["key"])] = index
            self._kinds[record_at(self._session, index).kind.name] += 1
        return self._kinds

    @property
    def attachments(self) -> int:
        """The number of papers in the years that were told."""
        return len(self._documents)

    def _seal(self, item: JsonObject) -> int:
        """Seal an entry. Links name other entries by their key in the case, attachments name documents."""
        written = objects([item["entry"]])[0]
        listed = written.get("attachments")
        names = [str(name) for name in listed] if isinstance(listed, list) else []
        links: list[Json] = [
            {"to": self._positions[str(link["to"])], "as": link["as"]} for link in objects(written.get("links", []))
        ]
        entry = read_entry({**written, "attachments": [], "links": links})
        sources = [Source(name, content=make_paper(self._documents[name])) for name in names]
        return seal(self._session, entry, sources, recorded_at=typed_moment(str(item["written_at"]))).index

    def _draft(self, key: str, request: JsonObject) -> int:
        mail = self._documents[str(request["mail"])]
        rows = mail["headers"]
        headers = {str(row[0]): str(row[1]) for row in rows if isinstance(row, list)} if isinstance(rows, list) else {}
        wish = Wish(
            to=(headers["To"],),
            cc=(headers["Cc"],) if "Cc" in headers else (),
            subject=headers["Subject"],
            body=_CHECKPOINT_PLACEHOLDER.sub("", str(mail["text"])).strip(),
            reply_days=int(str(request["reply_days"])) if "reply_days" in request else None,
        )
        out = self._mail / f"Draft of {request['mail']}"
        drafted = write_draft(self._session, self._positions[str(request["of"])], wish, out)
        self._checkpoint_lines[key] = drafted.preview.checkpoint_line
        return drafted.index

    def _import(self, name: str) -> int:
        """Write a mail to a file and import it. Placeholders become the checkpoint lines of sealed drafts, so replies quote them."""
        mail = self._documents[name]
        text = _CHECKPOINT_PLACEHOLDER.sub(lambda match: self._checkpoint_lines[match[1]], str(mail["text"]))
        path = self._mail / name
        write_whole(path, make_paper(mail | {"text": text}))
        mail_import = open_import(self._session)
        mail_import.look([path], lambda _done, _total: None, lambda: False, preview=False)
        (item,) = mail_import.take_in(sealing=True, progress=lambda _done, _total: None)
        if item.record is None:
            raise EnvironmentProblem(f"The program's invented case is damaged: {name}: {item.in_words()}")
        return item.record


def objects(value: Json) -> list[JsonObject]:
    """Return the JSON objects in a list; anything else is left out."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
