"""Records as HTML, for reading in the window and for the review before sealing."""

from html import escape
from typing import Final

from evidence_app.desktop.design.theme import colours
from evidence_app.desktop.design.tokens import Colours
from evidence_app.desktop.system.language import tr, tr_moment, tr_value
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.record.correspondence import form_of
from evidence_app.domain.record.fields import FieldType
from evidence_app.domain.record.records import RecordKey, SealedRecord, described
from evidence_app.domain.thread.mail_forms import FORM_WORDS
from evidence_app.domain.thread.receipt_grades import GRADES
from evidence_app.services.records.reading import Shown

LINK: Final = "record:"
"""Scheme of the addresses of links to a record; its position follows."""


def as_html(shown: Shown) -> str:
    """Return a sealed record as HTML. All content is escaped, and no external resource is referenced."""
    record, theme_colours = shown.record, colours()
    written, sealed = record.gaps_in_words()
    parts = [_title(record, theme_colours, f"{record.index}&ensp;{escape(tr(record.kind.label))}", record.code)]
    parts.append(
        _table(
            [
                (tr("Happened"), f"<b>{escape(tr_value(record.event_in_words()))}</b>"),
                (tr("Written"), f"<b>{escape(tr_moment(record.recorded_at))}</b> &nbsp; {escape(tr_value(written))}"),
                (tr("Sealed"), f"<b>{escape(tr_moment(record.sealed_at))}</b> &nbsp; {escape(tr_value(sealed))}"),
                (
                    tr("First outside clock"),
                    escape(shown.clock.in_words()) if shown.clock else f"<b>{tr('none yet')}</b>",
                ),
            ],
            theme_colours,
        )
    )
    parts += [f"<p>{_link(to, tr_value(sentence), theme_colours)}</p>" for to, sentence in record.links_in_words()]
    for index in shown.addenda:
        parts.append(f"<p>{_link(index, tr('Record {} adds to or corrects this one', index), theme_colours)}</p>")
    parts.append(_fields(record, theme_colours))
    if record.kind.name == "mail-receipt":
        grade = GRADES.get(str(record.fields.get("type", "")), GRADES["not stated"])
        parts.append(f"<p><b>{escape(tr(grade.words))}.</b> <i>{escape(tr(grade.limit))}</i></p>")
    form = form_of(record)
    if form and FORM_WORDS[form].limit:
        parts.append(f"<p><i>{escape(tr(FORM_WORDS[form].limit))}</i></p>")
    if shown.late is not None:
        parts.append(f"<p><b>{escape(tr_value(shown.late.in_words()))}.</b></p>")
    for facts in record.attachments:
        digest_only = "" if facts.kept else f" &nbsp; {tr('only the digest is kept here')}"
        parts.append(
            f"<p><b>{escape(facts.name)}</b> &nbsp; {facts.size:,} bytes{digest_only}<br>"
            f'<span style="color:{theme_colours.soft}; font-size:small">SHA-256 {facts.sha256}</span></p>'
        )
    return "".join(parts)


def _link(to: RecordKey, sentence: str, theme_colours: Colours) -> str:
    """Return a sentence that leads to the record that it names; one of another log is text alone."""
    if not isinstance(to, int):
        return escape(sentence)
    return f'<a href="{LINK}{to}" style="color:{theme_colours.accent}">{escape(sentence)}</a>'


def received_as_html(record: SealedRecord, handover: int) -> str:
    """Return a record received in a hand-over as HTML. `handover` is the index of the record that logged the receipt.

    All content is escaped, and no external resource is referenced.
    """
    theme_colours = colours()
    title = f"{escape(tr(record.kind.label))} &middot; {escape(tr('position {} of their log', record.index))}"
    rows = [
        (tr("Happened"), f"<b>{escape(tr_value(record.event_in_words()))}</b>"),
        (tr("Written"), escape(tr_moment(record.recorded_at))),
        (tr("Sealed"), escape(tr("{} by their clock", tr_moment(record.sealed_at)))),
        (
            tr("Received"),
            escape(tr("with the hand-over of record {}; here its number is {}/{}", handover, handover, record.index)),
        ),
    ]
    return (
        _title(record, theme_colours, title, record.code) + _table(rows, theme_colours) + _fields(record, theme_colours)
    )


def draft_as_html(record: SealedRecord, warnings: list[str]) -> str:
    """Return a draft as it will look once sealed, with warnings to consider first. All content is escaped."""
    theme_colours = colours()
    parts = [_title(record, theme_colours, escape(tr(record.kind.label)), "")]
    rows = [
        (tr("Happened"), f"<b>{escape(tr_value(record.event_in_words()))}</b>"),
        (tr("Written"), escape(tr_moment(record.recorded_at))),
    ]
    parts.append(_table([*rows, (tr("Sealed"), tr("when you press the button"))], theme_colours))
    for _, sentence in record.links_in_words():
        parts.append(f"<p><b>{escape(tr_value(sentence))}</b></p>")
    for warning in warnings:
        parts.append(f'<p style="color:{theme_colours.warning}"><b>{escape(warning)}</b></p>')
    parts.append(_fields(record, theme_colours))
    parts += [f"<p><b>{escape(facts.name)}</b> &nbsp; {facts.size:,} bytes</p>" for facts in record.attachments]
    return "".join(parts)


def _title(record: SealedRecord, theme_colours: Colours, title: str, code: str) -> str:
    said = (
        (tr("LATE ENTRY"), record.late),
        (tr("CLOCK WENT BACK"), bool(record.clock_went_back)),
        (tr("ADDENDUM"), bool(record.adds_to)),
    )
    labels = [text for text, on in said if on]
    marks = "".join(f' <span style="color:{theme_colours.warning}"><b>&nbsp;{text}</b></span>' for text in labels)
    case = f"{escape(record.case_ref)} &nbsp; " if record.case_ref else ""
    return (
        f'<p style="font-size:x-large; color:{theme_colours.accent}"><b>{title}</b>{marks}</p>'
        f'<p style="color:{theme_colours.soft}">{case}<code>{code}</code></p>'
    )


def _table(rows: list[tuple[str, str]], theme_colours: Colours) -> str:
    # Paragraphs: a screen reader hears a sign for each cell of a table, U+FDD0 and U+FDD1, that nobody wrote.
    return "".join(
        f'<p style="margin-top:2px; margin-bottom:2px"><span style="color:{theme_colours.soft}">{name}</span>&ensp;{value}</p>'
        for name, value in rows
    )


def _fields(record: SealedRecord, theme_colours: Colours) -> str:
    parts = []
    for field, name, text in described(record.kind, record.fields):
        # A record holds the name by which the program knows a profile; a person knows whom it is for.
        profile = PROFILES.get(text) if field.name == "profile" else None
        words = escape(tr(profile.audience) if profile is not None else tr_value(text)).replace("\n", "<br>")
        size = "font-size:large; " if field.name in {"exact_words", record.kind.main} else ""
        if field.type in (FieldType.PROSE, FieldType.GROUP):
            parts.append(
                f'<p><span style="color:{theme_colours.soft}">{escape(tr(name))}</span><br><span style="{size}">{words}</span></p>'
            )
        else:
            parts.append(f'<p><span style="color:{theme_colours.soft}">{escape(tr(name))}</span> &nbsp; {words}</p>')
    return "".join(parts)
