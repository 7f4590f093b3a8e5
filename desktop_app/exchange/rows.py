"""Tells the rows of a table that are records from titles, subtotals and remarks, and reads them."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from desktop_app.exchange.company_names import read_name
from desktop_app.exchange.headings import field_of
from desktop_app.exchange.ledger_read import Cell, RawTable
from desktop_app.exchange.ledger_row import Context, LedgerRow, Problem
from desktop_app.exchange.mapping import Mapping
from desktop_app.exchange.parse_text import one_line
from desktop_app.exchange.parse_words import parse_country, parse_stage
from desktop_app.exchange.row_reader import RowReader

_TOTAL = re.compile(
    r"^(?:小计|合计|总计|共计|累计|本页小计|本页合计|总和|(?:zwischen)?summe|gesamt(?:summe)?|insgesamt|"
    r"(?:sub|grand )?-?total[ei]?|totale|somme|sous-total)"
    r"(?:\s*[:：(（].*|\s*\d[\d,. ]*\s*(?:个|家|条|项).*|)$",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"^(?:共)?\d+\s*(?:个项目|个|家|条|项|家企业|projekte?|projects?|leads?)$", re.I
)
_REMARK = re.compile(
    r"^(?:注|备注|说明|填表|填报|制表|审核|联系电话|note|hinweis|stand|quelle|legende|legend|source)"
    r"\s*(?:人|单位|日期|时间)?\s*[:：]",
    re.IGNORECASE,
)


@dataclass
class TableRows:
    """The rows of one table and what could not be made a row."""

    rows: list[LedgerRow] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)


def read_rows(
    table: RawTable,
    mapping: Mapping,
    today: dt.date,
    each: Callable[[], None] | None = None,
) -> TableRows:
    """Return what the rows of a table say, without titles, subtotals and blank rows.

    Args:
        table: the cells.
        mapping: how they are to be read.
        today: the day by which days without a year are understood.
        each: called after each row.
    """
    result = TableRows()
    context = Context(parse_country(table.sheet), _stage_of_title(table.sheet))
    heading = [one_line(c) for c in table.rows[mapping.first_row - 1]] if mapping.first_row else []
    for index, cells in body_rows(table, mapping):
        if each is not None:
            each()
        texts = [one_line(c) for c in cells]
        if table.kind != "vcard" and (
            _is_section(texts, mapping, context) or texts == heading or _is_heading(texts, mapping)
        ):
            continue
        reader = RowReader(table, mapping, today, index, cells)
        row = reader.read(context)
        if _says_nothing(row):
            shown = "｜".join(x for x in texts if x)
            result.unread.append(Problem(table.sheet, index + 1, "", shown, "no_name"))
        else:
            result.rows.append(row)
    return result


def body_rows(table: RawTable, mapping: Mapping) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the filled rows below the headings, cells merged downwards filled in."""
    down: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in table.merged:
        if bottom > top and left == right and top >= mapping.first_row and bottom - top < 500:
            down.update({(r, left): (top, left) for r in range(top + 1, bottom + 1)})
    for index in range(mapping.first_row, len(table.rows)):
        cells = table.rows[index]
        if all(c is None or c == "" or (isinstance(c, str) and not c.strip()) for c in cells):
            continue
        if down:
            cells = [_merged_cell(table, down, index, column) for column in range(len(cells))]
        yield index, cells


def _merged_cell(
    table: RawTable, down: dict[tuple[int, int], tuple[int, int]], row: int, column: int
) -> Cell:
    """Return a cell, or the one above it that it is merged with."""
    top, left = down.get((row, column), (row, column))
    cells = table.rows[top]
    return cells[left] if left < len(cells) else None


def _stage_of_title(text: str) -> str | None:
    """Return the stage that a title such as 签约项目 names, but not that of any 台账."""
    named = re.sub(r"项目|企业|线索|台账|清单|汇总|表|招商", "", text)
    return parse_stage(named) if 0 < len(named) <= 8 else None


def _is_section(texts: list[str], mapping: Mapping, context: Context) -> bool:
    """Return whether a row is a title, a subtotal or a remark; a title sets the context."""
    filled = [x for x in texts if x]
    if any(_TOTAL.match(x) for x in filled[:3]):
        named = [texts[i] for i, f in mapping.columns.items() if f == "company" and i < len(texts)]
        if all(not n or _TOTAL.match(n) or _COUNT.match(n) for n in named) or (
            _TOTAL.match(filled[0]) and len(named) > 0 and not re.search(r"[A-Za-z]{3}", named[0])
        ):
            return True
    if _REMARK.match(filled[0]) and len(filled) <= 4:
        return True
    if len(set(filled)) > 1:
        return False
    text = filled[0]
    where = texts.index(text)
    is_name = mapping.columns.get(where) in ("company", "company_zh", "company_en", "contact_name")
    decorated = re.search(
        r"^[—\-=*★●■◆【\s]|^第?[一二三四五六七八九十]+[、.)）季批类]|^[(（][一二三四五六七八九十\d]+[)）]|"
        r"季度|月份|^\d{4}年?$|^\d{1,2}月$|^Q[1-4]\b|quartal|(?:类|项目|企业|线索|清单)[：:]?$|[：:]$",
        text,
        re.IGNORECASE,
    )
    if is_name and not decorated and read_name(text).form:
        return False
    country = parse_country(text)
    if country is not None:
        context.country = country
    context.stage = _stage_of_title(text) or context.stage
    return bool(decorated) or country is not None or not is_name


def _is_heading(texts: list[str], mapping: Mapping) -> bool:
    """Return whether a row repeats the headings, as printed tables do on each page."""
    same = sum(1 for i in mapping.columns if i < len(texts) and texts[i] == mapping.labels.get(i))
    if same != 2:
        return same > 2
    return sum(1 for x in texts if x and len(x) <= 12 and field_of(x) is not None) >= 3


def _says_nothing(row: LedgerRow) -> bool:
    """Return whether a row names nobody and nothing."""
    if row.kind == "contacts":
        return not row.contact.get("name") and not row.contact.get("email")
    return not row.name
