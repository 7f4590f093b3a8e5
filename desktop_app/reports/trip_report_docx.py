"""The trip report for a word processor: the same facts in the same order as the PDF."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from desktop_app.reports.bilingual import halves, in_line, is_pair, pair, t
from desktop_app.reports.briefing_front import mark_of
from desktop_app.reports.cover import version_words
from desktop_app.reports.docx_base import (
    document_bytes,
    keep_whole,
    new_document,
    put_page_numbers,
    put_text,
    repeat_head,
    shade,
)
from desktop_app.reports.paper import Order
from desktop_app.reports.report_blocks import (
    Bar,
    Block,
    Cell,
    Figures,
    Grid,
    Head,
    Lines,
    Moves,
    Muted,
    Note,
    Pairs,
    Shot,
    Shots,
    State,
    Text,
)
from desktop_app.reports.report_facts import ReportFacts, trip_title
from desktop_app.reports.trip_report import cover_figures, sections
from desktop_app.reports.wording import days, lines_of
from desktop_app.services.whole_file import write_whole

_ROOM = 170.0  # the width of the text in millimetres
_GROUNDS = {"accent": "EFF4FD", "good": "E9F6EE", "warn": "FDF3E1", "bad": "FBE9E7"}


def write_trip_report_docx(facts: ReportFacts, order: Order, path: Path) -> None:
    """Write the report whole or not at all; the same facts and order give the same bytes.

    Raises:
        DeskError: ``cannot_write``, when the disk is full or the place may not be written.
    """
    write_whole(path, trip_report_docx(facts, order))


def trip_report_docx(facts: ReportFacts, order: Order) -> bytes:
    """Return the report as a Word file."""
    lang = order.lang
    kind, title = t("trip_report.name", lang), trip_title(facts, lang)
    named = in_line(f"{title} · {kind}")
    document = new_document(named, in_line(order.team), in_line(kind), lang, order.now)
    _front(document, facts, order)
    for section in sections(facts, order):
        _paragraph(document, section.title, "Heading 1")
        for block in section.blocks:
            _put(document, block)
    foot = f"{named} · {in_line(mark_of(facts.trip.trip, order, 'internal_foot'))}"
    words = t("trip_report.page_of", "zh" if lang == "zh" else "en", page="{page}", pages="{pages}")
    put_page_numbers(document, foot, words)
    return document_bytes(document)


def _front(document: Any, facts: ReportFacts, order: Order) -> None:
    """Put what stands on the cover of the PDF."""
    lang, trip = order.lang, facts.trip.trip
    mark = _paragraph(document, mark_of(facts.trip.trip, order, "internal"), "Normal")
    mark.paragraph_format.space_after = Pt(90)
    _paragraph(document, t("trip_report.name", lang), "Subtitle")
    for part in dict.fromkeys(halves(trip_title(facts, lang))):
        _paragraph(document, part, "Title")
    _paragraph(document, days(trip.get("starts_on"), trip.get("ends_on"), lang), "Subtitle")
    _figures(document, cover_figures(facts, lang))
    _paragraph(document, order.team, "Normal", muted=True)
    last = _paragraph(document, version_words(order.now, lang), "Normal", muted=True)
    last.add_run().add_break(WD_BREAK.PAGE)


def _paragraph(where: Any, text: str, style: str, muted: bool = False) -> Any:
    """Add a paragraph of a style."""
    made = where.add_paragraph(style=style)
    zh, en = halves(text)
    put_text(made, zh, en, muted)
    return made


def _put(document: Any, block: Block) -> None:
    """Add one block."""
    match block:
        case Head(text):
            _paragraph(document, text, "Heading 2")
        case Text(text):
            _text(document, text)
        case Muted(text):
            _paragraph(document, text, "Normal", muted=True)
        case Note(text):
            _paragraph(document, text, "Intense Quote")
        case Pairs(pairs):
            labelled: list[list[Cell]] = [
                [Lines("", (name,)), text] for name, text in pairs if text
            ]
            _table(document, (), labelled, (1.1, 4), together=True)
        case Figures(found):
            _figures(document, found)
        case Grid(header, rows, shares):
            _table(document, header, rows, shares)
        case Moves(header, moves):
            ways: list[list[Cell]] = [
                [move.name, _way(move.before, move.after, move.advanced), move.when]
                for move in moves
            ]
            _table(document, header, ways, (2.6, 2.6, 1))
        case Bar():
            _paragraph(document, block.label, "Normal").runs[0].font.bold = True
        case Shots(shots):
            _shots(document, shots)


def _way(before: str, after: str, advanced: bool) -> State:
    """Return a stage, an arrow and the stage reached as one cell."""
    (zh, en), (zh_after, en_after) = halves(before), halves(after)
    return State(pair(f"{zh} → {zh_after}", f"{en} → {en_after}"), "good" if advanced else "none")


def _text(document: Any, text: str) -> None:
    """Add a text: numbered points where it has several lines."""
    for part in dict.fromkeys(halves(text)):
        lines = lines_of(part)
        if len(lines) < 2:
            _paragraph(document, part, "Normal", muted=is_pair(text) and part != halves(text)[0])
            continue
        for number, line in enumerate(lines, 1):
            # Numbers as text: a list of Word would count on from the one before.
            made = document.add_paragraph(style="Normal")
            made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = (
                Mm(6),
                Mm(-6),
            )
            put_text(made, f"{number}.  {line}")


def _figures(document: Any, found: Sequence[tuple[str, str]]) -> None:
    """Add figures in large type with their labels."""
    table = document.add_table(rows=1, cols=len(found))
    table.autofit = False
    for cell, (figure, label) in zip(table.rows[0].cells, found, strict=True):
        first = cell.paragraphs[0]
        run = first.add_run(figure)
        run.font.bold, run.font.size = True, Pt(18)
        _paragraph(cell, label, "Caption", muted=True)
    _widths(table, [1.0] * len(found))


def _table(
    document: Any,
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    shares: Sequence[float],
    together: bool = False,
) -> None:
    """Add a table whose head stands on each page; a short one may be kept together."""
    table = document.add_table(rows=0, cols=len(shares), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    if header:
        row = table.add_row()
        repeat_head(row)
        for cell, text in zip(row.cells, header, strict=True):
            first = _small(cell)
            put_text(first, *halves(text), bold=True)
            # A head alone at the foot of a page says nothing.
            first.paragraph_format.keep_with_next = True
            for run in first.runs:
                run.font.size = Pt(9)
            shade(cell, "F0F2F5")
    for values in rows:
        row = table.add_row()
        keep_whole(row)
        for cell, value in zip(row.cells, values, strict=True):
            _fill(cell, value)
            if together and values is not rows[-1]:
                cell.paragraphs[-1].paragraph_format.keep_with_next = True
    _widths(table, shares)
    document.add_paragraph(style="Normal").paragraph_format.space_after = Pt(2)


def _fill(cell: Any, value: Cell) -> None:
    """Put a value into a cell of a table."""
    paragraph = _small(cell)
    if isinstance(value, State):
        put_text(paragraph, *halves(value.text))
        if value.tone in _GROUNDS:
            shade(cell, _GROUNDS[value.tone])
    elif isinstance(value, Lines):
        put_text(paragraph, *halves(value.first))
        for number, line in enumerate(value.rest):
            if number or value.first:
                paragraph = cell.add_paragraph(style="Normal")
                _tighten(paragraph)
            put_text(paragraph, *halves(line), muted=True)
    else:
        for number, line in enumerate(value.split("\n")):
            if number:
                paragraph = cell.add_paragraph(style="Normal")
                _tighten(paragraph)
            put_text(paragraph, *halves(line))
    for made in cell.paragraphs:
        for run in made.runs:
            run.font.size = Pt(9)


def _small(cell: Any) -> Any:
    """Return a cell's first paragraph, set tight."""
    paragraph = cell.paragraphs[0]
    _tighten(paragraph)
    return paragraph


def _tighten(paragraph: Any) -> None:
    """Set a paragraph of a table tight."""
    paragraph.paragraph_format.space_after = Pt(1)


def _widths(table: Any, shares: Sequence[float]) -> None:
    """Set the columns' widths; Word asks each cell, other programs the columns."""
    for column, share in zip(table.columns, shares, strict=True):
        wide = Mm(_ROOM * share / sum(shares))
        column.width = wide
        for cell in column.cells:
            cell.width = wide


def _shots(document: Any, shots: Sequence[Shot]) -> None:
    """Add pictures two in a row, each with its caption."""
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for at in range(0, len(shots), 2):
        row = table.add_row()
        keep_whole(row)
        for cell, shot in zip(row.cells, shots[at : at + 2], strict=False):
            place = cell.paragraphs[0]
            if shot.picture.problem:
                put_text(place, *halves(shot.problem))
                shade(cell, _GROUNDS["warn"])
            else:
                # The two columns are a little narrower than those of the PDF.
                scale = min(1.0, 75 / 25.4 * 72 / shot.picture.width)
                wide, high = shot.picture.width * scale, shot.picture.height * scale
                run = place.add_run()
                run.add_picture(io.BytesIO(shot.picture.data), Pt(wide), Pt(high))
            _paragraph(cell, shot.caption, "Caption")
            if shot.note:
                _paragraph(cell, shot.note, "Caption", muted=True)
    _widths(table, (1.0, 1.0))
