"""What the palette offers in an open store: new records, places, acts, cases and people."""

from evidence_app.desktop.design.lists.kind_icons import icon_of
from evidence_app.desktop.shell.navigation import PLACES
from evidence_app.desktop.shell.pages_on_demand import PagesOnDemand
from evidence_app.desktop.shell.palette import PaletteEntry
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.writing.form_groups import begun_alone
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.summary.saved_views import View


def commands_of(workspace: PagesOnDemand) -> list[PaletteEntry]:
    """Return everything that the palette offers now, in the order in which it stands there."""
    return [*_new_records(workspace), *_acts(workspace), *_places(workspace), *_found(workspace)]


def _new_records(workspace: PagesOnDemand) -> list[PaletteEntry]:
    return [
        PaletteEntry(
            tr("New: {}", tr(kind.label)),
            tr(kind.purpose),
            icon_of(kind.name),
            lambda name=kind.name: workspace.begin(KINDS[name]),  # type: ignore[misc]
            f"Ctrl+N {kind.letter.upper()}",
        )
        for kind in begun_alone(workspace.holder)
    ]


def _acts(workspace: PagesOnDemand) -> list[PaletteEntry]:
    return [
        PaletteEntry(
            tr("Bring in mail"),
            tr("Messages, receipts and replies, as files"),
            "inbox",
            lambda: workspace.bring_in(),
            "Ctrl+I",
        ),
        PaletteEntry(
            tr("Check this store"),
            tr("Every hash is derived again and compared"),
            "shield-check",
            workspace.check_now,
        ),
        PaletteEntry(
            tr("Back up"), tr("Where backups and keys are"), "archive", lambda: workspace.go_to("Safekeeping")
        ),
        PaletteEntry(
            tr("Check an update file"),
            tr("Whose it is, and what it changes"),
            "archive",
            workspace.update_asked.emit,
        ),
        PaletteEntry(
            tr("Lock"), tr("Wipe the screen, and ask for the passphrase"), "lock", workspace.lock_asked.emit, "Ctrl+L"
        ),
        PaletteEntry(tr("Help"), tr("The guide, where it tells of this page"), "help", workspace.help_asked.emit, "F1"),
    ]


def _places(workspace: PagesOnDemand) -> list[PaletteEntry]:
    icons = dict(PLACES)
    return [
        PaletteEntry(
            tr(name),
            tr("Go there"),
            icons[name],
            lambda name=name: workspace.go_to(name),  # type: ignore[misc]
            f"Ctrl+{number % 10}" if number <= len("1234567890") else "",
        )
        for number, name in enumerate(workspace.offered(), start=1)
    ]


def _found(workspace: PagesOnDemand) -> list[PaletteEntry]:
    cases = [
        PaletteEntry(
            case,
            tr("Case: what is recorded of it"),
            "briefcase",
            lambda case=case: workspace.show_view(View(case=case)),  # type: ignore[misc]
        )
        for case in workspace.cases()
    ]
    people = [
        PaletteEntry(
            name,
            tr("{}: the records that name them", role) if role else tr("The records that name them"),
            "user",
            lambda name=name: workspace.show_view(View(person=name)),  # type: ignore[misc]
        )
        for name, role in workspace.people.items()
    ]
    return [*cases, *people]
