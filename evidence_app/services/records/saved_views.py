"""Which records a view shows, and the views that are kept under a name."""

from evidence_app.domain.summary.saved_views import MAX_NAME_LENGTH, View, in_threads, read_view
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import canonical, parse
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import choose
from evidence_app.services.records.threads import look

KEPT = "views"
MAX_VIEWS = 100
EVERY = 10_000_000


def positions(session: Session, view: View) -> list[int]:
    """Return the positions of the records that a view shows, the latest event first.

    Raises:
        InputError: it asks for a kind or a day that there is not.
    """
    records = session.store.records
    chosen = choose(case_ref=view.case, kind=view.kind, first_day=view.first_day, last_day=view.last_day)
    found = records.positions(chosen)
    for words in (view.text, view.person):
        if words.strip():
            holding = set(records.search(words, EVERY))
            found = [position for position in found if position in holding]
    if view.thread:
        members = in_threads(look(session).threads, view.thread)
        found = [position for position in found if position in members]
    return found


def all_views(session: Session) -> dict[str, View]:
    """Return the views that are kept, by name; one that cannot be read is left out."""
    stored = session.store.setting(KEPT)
    try:
        kept = parse(stored) if stored else {}
    except InputError:
        return {}
    found: dict[str, View] = {}
    for name, each in kept.items() if isinstance(kept, dict) else ():
        try:
            found[name] = read_view(each)
        except InputError:
            continue
    return dict(sorted(found.items(), key=lambda item: item[0].casefold()))


def find_view(session: Session, name: str) -> View:
    """Return a view by its name.

    Raises:
        InputError: none is called so.
    """
    views = all_views(session)
    if name not in views:
        raise InputError(f"No view is called “{name[:60]}”. There are: {', '.join(views) or 'none yet'}.")
    return views[name]


def keep_view(session: Session, name: str, view: View) -> None:
    """Keep a view under a name, in the place of one that is called so.

    Raises:
        InputError: the name is no name, the view cannot be kept so, or there are too many.
        EnvironmentProblem: the store cannot be written.
    """
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME_LENGTH or not name.isprintable():
        raise InputError(f"Give the view a name of at most {MAX_NAME_LENGTH} characters.")
    views = all_views(session)
    views[name] = read_view(view.to_json())
    if len(views) > MAX_VIEWS:
        raise InputError(f"At most {MAX_VIEWS} views are kept. Remove one first.")
    _write(session, views)


def remove_view(session: Session, name: str) -> None:
    """Forget a view.

    Raises:
        InputError: none is called so.
        EnvironmentProblem: the store cannot be written.
    """
    find_view(session, name)
    _write(session, {each: view for each, view in all_views(session).items() if each != name})


def _write(session: Session, views: dict[str, View]) -> None:
    with session.store.transaction():
        session.store.keep_setting(KEPT, canonical({name: view.to_json() for name, view in views.items()}))
