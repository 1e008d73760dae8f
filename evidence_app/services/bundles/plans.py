"""Plans of bundles: begun from a choice of records, added to when documents come late, and resolved with the records of the store."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from evidence_app.bundle.plan.parts import Collective
from evidence_app.bundle.plan.request import PlanRequest
from evidence_app.bundle.plan.resolve import make_plan
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.plan.sections import PlacedSection
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.saved_plan import Document, SavedPlan, Section
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.records import RecordKey, RecordRef, SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.services.bundles.decisions import looked_at
from evidence_app.services.bundles.profiles import profile_named
from evidence_app.services.bundles.saved_plans import new_letters
from evidence_app.services.core.name_knowledge import ordinary_words
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings
from evidence_app.services.records.reading import matter_of, thread_of
from evidence_app.store.record_table import STAMPED, WITNESSED


@dataclass(frozen=True, slots=True)
class Choice:
    """Which records a bundle is about where no plan lists them."""

    selection: Selection = field(default_factory=Selection)
    case_ref: str = ""
    thread: int | None = None
    title: str = ""
    recipient: str = ""
    extracts: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


def choice_of_case(case_ref: str) -> Choice:
    """Return the choice of one case."""
    return Choice(Selection(case_ref=case_ref), case_ref)


def begin_plan(session: Session, name: str, profile_name: str, choice: Choice) -> SavedPlan:
    """Return a plan that lists everything a choice gives, to be changed. It is not kept yet.

    Raises:
        InputError: there is no such profile, or nothing is chosen.
    """
    bare = SavedPlan(profile_name, name, choice.title, choice.recipient, choice.case_ref or choice.selection.case_ref)
    worked_out = work_out(session, bare, choice)
    return replace(
        bare,
        # Counts are over whatever there is: there are no documents to list.
        sections=None if worked_out.profile.counts else listed_sections(worked_out),
        pseudonyms_from=new_letters(),
        records_seen=session.store.log.size(),
    )


def listed_sections(plan: Plan) -> tuple[Section, ...]:
    """Return the sections of a plan that was worked out, with every document named."""
    return tuple(Section(section.title, tuple(_listed(section))) for section in plan.sections if not section.stage)


def _listed(section: PlacedSection) -> Iterator[Document]:
    for each in section.documents:
        if each.record is not None:
            yield Document(record=each.record.record.key, title=each.title, date=each.date)
        elif each.exhibit is not None:
            yield each.exhibit.chosen


def late_documents(session: Session, plan: SavedPlan) -> list[Document]:
    """Return the records that were sealed since the plan was begun or last added to, and that its profile takes in.

    What the program itself sealed, such as exports, is not among them.
    """
    listed = {document.record for document in plan.documents() if document.record is not None}
    listed |= {left.record for left in plan.left_out if left.record is not None}
    seen = (
        plan.records_seen
        if plan.records_seen is not None
        else max((key for key in listed if isinstance(key, int)), default=0) + 1
    )
    bare = replace(plan, sections=None, late=(), left_out=(), redactions=(), as_of="")
    try:
        worked_out = work_out(session, bare, Choice(case_ref=plan.case_ref))
    except InputError:
        return []
    return [
        Document(record=each.record.key)
        for each in worked_out.chronological()
        if (each.record.handover or each.record.index >= seen)
        and each.record.key not in listed
        and not each.record.kind.by_program
    ]


def add_late(session: Session, plan: SavedPlan, title: str, documents: Sequence[Document] | None = None) -> SavedPlan:
    """Return a plan with a late section of these documents, or of all that came late.

    Raises:
        InputError: there are none.
    """
    documents = late_documents(session, plan) if documents is None else documents
    if not documents:
        raise InputError("Nothing has come late: no record was sealed since that this plan's profile takes in.")
    if plan.sections is None:
        raise InputError("The plan lists no documents yet: make a bundle of it first.")
    added = plan.with_late(title, documents, london_day(session.clock.now()).isoformat())
    return replace(added, records_seen=session.store.log.size())


def _require_one_choice(saved: SavedPlan, choice: Choice) -> None:
    """Require that nothing is chosen beside a plan that lists its documents; it may be said which case they are about."""
    if saved.sections is None:
        return
    narrowed = choice.selection != Selection(case_ref=choice.selection.case_ref) or choice.thread is not None
    if narrowed or (choice.case_ref and saved.case_ref and choice.case_ref != saved.case_ref):
        raise InputError("The plan lists its documents: case, days and thread cannot be chosen beside it.")


def work_out(session: Session, saved: SavedPlan, choice: Choice, now: datetime | None = None) -> Plan:
    """Work a plan out with the records of the store.

    Raises:
        InputError: it names what is not there or cannot be shown, or nothing would be shown.
    """
    profile = profile_named(session, saved.profile)
    _require_one_choice(saved, choice)
    if profile.one_thread and choice.thread is None and saved.sections is None:
        raise InputError(
            f"A bundle of the profile “{profile.audience}” is about one thread: say which record begins it, with “--thread”."
        )
    case = choice.case_ref or saved.case_ref or choice.selection.case_ref
    selection = replace(choice.selection, case_ref="") if profile.one_case else choice.selection
    if not profile.one_case and saved.case_ref and not selection.case_ref and saved.sections is None:
        selection = replace(selection, case_ref=saved.case_ref)
    positions = frozenset(session.store.records.positions(selection)) if saved.sections is None else frozenset[int]()
    if choice.thread is not None:
        positions &= (matter_of if profile.brief else thread_of)(session, choice.thread)
    if saved.sections is None:
        # Whatever is chosen, a witness or an authority vouches for it.
        found_by = session.store.records.found_by
        positions |= frozenset(found_by(WITNESSED)) | frozenset(found_by(STAMPED))
    collective = _collective(session, profile, choice)
    records: list[SealedRecord] = list(session.store.records.select(Selection()))
    moment = now or session.clock.now().replace(microsecond=0)
    settings, by_rep = load_settings(session), session.holder is Holder.REP
    ordinary = ordinary_words(frozenset())
    if not by_rep or collective is not None:
        wanted = PlanRequest(
            positions, case, choice.title, choice.recipient, saved, new_letters(), collective, by_rep, ordinary=ordinary
        )
        plan = make_plan(profile, records, wanted, session.owner, moment, settings)
        return replace(plan, looked_at=looked_at(session))
    from evidence_app.services.members import evidence

    by_person = saved.sections is not None
    if saved.sections is None:
        own = [each.index for each in records if each.index in positions and is_for_casework(profile, each)]
        saved = replace(saved, sections=evidence.sections_by_member(session, own, choice.members, case, selection))
        positions = frozenset[int]()
    saved = evidence.with_origins(saved)
    handovers = evidence.named_handovers(saved)
    wanted = PlanRequest(
        positions,
        case,
        choice.title,
        choice.recipient,
        saved,
        new_letters(),
        None,
        by_rep,
        by_person,
        ordinary,
        evidence.pages_handed_over(session, handovers) if profile.exhibits else {},
    )
    records += evidence.handed_over_records(session, handovers)
    plan = make_plan(profile, records, wanted, session.owner, moment, settings)
    return replace(plan, handed_over=evidence.describe(session, plan), looked_at=looked_at(session))


def is_for_casework(profile: Profile, record: SealedRecord) -> bool:
    """Whether a rep's own record goes into a bundle without being named: what its profile takes in, but for hand-overs, which go with their records."""
    taken = not profile.kinds or record.kind.name in profile.kinds
    advice = bool(record.restricted) and record.restricted not in profile.restricted
    return taken and not advice and record.kind.name not in {"handover", "log"}


def _collective(session: Session, profile: Profile, choice: Choice) -> Collective | None:
    """Return the counts over members, for a rep's bundle of counts."""
    if choice.extracts and not (profile.counts and session.holder is Holder.REP):
        raise InputError("Extracts stand in a rep's collective bundle alone.")
    if not profile.counts or session.holder is not Holder.REP:
        return None
    if choice.selection != Selection() or choice.case_ref or choice.members or choice.thread is not None:
        raise InputError(
            "A collective bundle counts everything that members handed over. Without a case, days or a member: two bundles "
            "of different parts, compared, would tell about one person."
        )
    from evidence_app.services.members.collective import collective_of

    return collective_of(session, choice.extracts)


def _handed_over(session: Session, handovers: Iterable[int]) -> list[SealedRecord]:
    from evidence_app.services.members.evidence import handed_over_records

    return handed_over_records(session, handovers)


def record_of(session: Session, key: RecordKey) -> SealedRecord:
    """Return a record of the log, or one that was handed over.

    Raises:
        InputError: there is none.
    """
    if not isinstance(key, RecordRef):
        return session.store.records.get(key)
    found = {record.key: record for record in _handed_over(session, {key.handover})}
    if key not in found:
        raise InputError(f"Record {key} was not handed over.")
    return found[key]


def document_names(session: Session, plan: SavedPlan) -> dict[RecordKey | str, str]:
    """Return what the documents of a plan are called: records by number, kind and first words, exhibits by the name of their file."""
    wanted = {document.key for document in plan.documents()}
    wanted |= {left.exhibit if left.record is None else left.record for left in plan.left_out}
    wanted |= {each.exhibit if each.record is None else each.record for each in plan.redactions}
    names: dict[RecordKey | str, str] = {}
    handovers = {each.handover for each in wanted if isinstance(each, RecordRef)}
    for record in (*session.store.records.select(Selection()), *_handed_over(session, handovers)):
        if record.key in wanted:
            names[record.key] = f"{record.number}  {record.kind.label}: {record.headline(90)}"
        for facts in record.attachments:
            if facts.sha256 in wanted:
                names.setdefault(facts.sha256, f"Exhibit: {facts.name}")
    return names
