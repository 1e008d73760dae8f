"""Saved views (named filters over the log), stored as one JSON object among the settings of the store."""

from evidence_app.domain.summary.saved_views import MAX_NAME_LENGTH, View, in_threads, read_view
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import canonical, parse
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import Selection, choose
from evidence_app.services.records.threads import look
from evidence_app.store.word_search import ALL

KEPT = "views"
"""Name of the setting that holds all views."""
MAX_VIEWS = 100


def positions(session: Session, view: View) -> list[int]:
    """Return the positions of the records that match a view, in its order; without one the latest event first.

    Raises:
        InputError: the view names an unknown kind or an invalid day.
    """
    records = session.store.records
    chosen = choose(case_ref=view.case, kind=view.kind, first_day=view.first_day, last_day=view.last_day)
    matching = records.positions(chosen)
    for words in (view.text, view.person):
        if words.strip():
            matching_words = set(records.search(words, ALL))
            matching = [position for position in matching if position in matching_words]
    if view.thread:
        in_chosen_threads = in_threads(look(session).threads, view.thread)
        matching = [position for position in matching if position in in_chosen_threads]
    if view.order == "sealed":
        return sorted(matching, reverse=True)
    return matching[::-1] if view.order == "earliest" else matching


def latest_positions(session: Session, count: int) -> list[int]:
    """Return the first `count` positions of the view without a filter, without looking for the others: in any store it takes as long."""
    return session.store.records.positions(Selection(), count)


def all_views(session: Session) -> dict[str, View]:
    """Return the saved views by name, sorted without regard to case. Unreadable views are skipped."""
    stored = session.store.setting(KEPT)
    try:
        saved = parse(stored) if stored else {}
    except InputError:
        return {}
    views: dict[str, View] = {}
    for name, untrusted_view in saved.items() if isinstance(saved, dict) else ():
        try:
            views[name] = read_view(untrusted_view)
        except InputError:
            continue
    return dict(sorted(views.items(), key=lambda item: item[0].casefold()))


def find_view(session: Session, name: str) -> View:
    """Return a saved view by its name.

    Raises:
        InputError: there is no view of that name.
    """
    views = all_views(session)
    if name not in views:
        raise InputError(f"No view is called “{name[:60]}”. There are: {', '.join(views) or 'none yet'}.")
    return views[name]


def keep_view(session: Session, name: str, view: View) -> None:
    """Save a view under a name; an existing view of that name is replaced.

    Raises:
        InputError: the name is empty, too long or not printable, the view is invalid, or there are `MAX_VIEWS` already.
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
    """Delete a saved view.

    Raises:
        InputError: there is no view of that name.
        EnvironmentProblem: the store cannot be written.
    """
    find_view(session, name)
    _write(session, {each: view for each, view in all_views(session).items() if each != name})


def _write(session: Session, views: dict[str, View]) -> None:
    with session.store.transaction():
        session.store.keep_setting(KEPT, canonical({name: view.to_json() for name, view in views.items()}))
