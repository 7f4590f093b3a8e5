"""The blocks of a report as they stand on an A4 page."""

from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table

from desktop_app.reports.cjk import escape
from desktop_app.reports.columns import figures, points, prose
from desktop_app.reports.layout import (
    callout,
    facts,
    head,
    padding,
    page_title,
    paragraph,
    plain,
    ruled_table,
)
from desktop_app.reports.photos import ROOM
from desktop_app.reports.report_blocks import (
    Bar,
    Block,
    Cell,
    Figures,
    Grid,
    Head,
    Lines,
    Move,
    Moves,
    Muted,
    Note,
    Pairs,
    Section,
    Shot,
    Shots,
    State,
    Text,
)
from desktop_app.reports.report_drawings import BarDrawing, Photo, Pill, StageArrow
from desktop_app.reports.styles import WIDTH
from desktop_app.reports.wording import lines_of

_GREY = "#67707E"


def section_flowables(section: Section) -> list[Flowable]:
    """Return a section with its heading.

    A heading that is bound to a table would take the whole of it to the next page: before a
    table it gets room for the first rows instead.
    """
    story = page_title(section.kicker, section.title, section.code)
    blocks = section.blocks
    if blocks and isinstance(blocks[0], Grid | Moves):
        story[-1].keepWithNext = False
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if isinstance(block, Head) and isinstance(after, Grid | Moves):
            if number:
                story.append(CondPageBreak(104))
            words = plain(block.text, "head")
            story.append(words)
        else:
            story += _made(block)
    return [*story, Spacer(1, 14)]


def _made(block: Block) -> list[Flowable]:
    """Return one block as flowables."""
    match block:
        case Head(text):
            return [head(text)]
        case Text(text):
            return points(text) if len(lines_of(text)) > 1 else prose(text)
        case Muted(text):
            return [plain(text, "muted")]
        case Note(text, tone):
            return [callout(escape(text), tone)]
        case Pairs(pairs):
            return facts(pairs, WIDTH, 104)
        case Figures(found):
            return [Spacer(1, 2), figures(found), Spacer(1, 4)]
        case Grid(header, rows, shares):
            return [ruled_table(header, [[_cell(c) for c in row] for row in rows], shares)]
        case Moves(header, moves):
            return [ruled_table(header, [_move_row(move) for move in moves], (2.6, 3.4, 1))]
        case Bar():
            return [Spacer(1, 4), BarDrawing(block), Spacer(1, 6)]
        case Shots(shots):
            return _shots(shots)


def _cell(cell: Cell) -> Any:
    """Return what a table holds for a cell."""
    if isinstance(cell, Lines):
        return paragraph(_markup(cell), "cell")
    return Pill(cell) if isinstance(cell, State) else cell


def _markup(lines: Lines) -> str:
    """Return lines of which the first stands out."""
    rest = "".join(f'<br/><font color="{_GREY}">{escape(line)}</font>' for line in lines.rest)
    return escape(lines.first) + rest


def _move_row(move: Move) -> list[Any]:
    """Return the row of one lead's way."""
    return [paragraph(_markup(move.name), "cell"), StageArrow(move), move.when]


def _shots(shots: Any) -> list[Flowable]:
    """Return pictures two in a row, each with its caption; a row is never parted."""
    made: list[Flowable] = []
    cells = [_shot(shot) for shot in shots]
    gap = WIDTH - 2 * ROOM[0]
    for at in range(0, len(cells), 2):
        row: list[Any] = [cells[at], "", cells[at + 1] if at + 1 < len(cells) else ""]
        table = Table(
            [row],
            colWidths=[ROOM[0], gap, ROOM[0]],
            style=padding(below=12),
        )
        table.hAlign = "LEFT"
        made.append(table)
    return made


def _shot(shot: Shot) -> list[Flowable]:
    """Return one picture with its caption and the meeting it is of."""
    words: list[Flowable] = [Photo(shot), Spacer(1, 4), plain(shot.caption, "small")]
    return [*words, plain(shot.note, "small_muted")] if shot.note else words
