"""Recognises and reads ledgers of problems and approvals that other hands wrote."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache

from desktop_app.domain.approval_rules import due_on as end_of_term
from desktop_app.exchange import after_headings as words
from desktop_app.exchange.company_names import split_scripts
from desktop_app.exchange.headings import field_of, plain_heading
from desktop_app.exchange.ledger_read import Cell, RawTable
from desktop_app.exchange.ledger_row import Problem
from desktop_app.exchange.mapping import Mapping
from desktop_app.exchange.own_read import OwnRow
from desktop_app.exchange.parse_dates import DayRules, parse_day
from desktop_app.exchange.parse_money import Unit, find_unit, parse_money
from desktop_app.exchange.parse_text import cell_text, is_blank, one_line, parse_decimal

_LOOK_AT_ROWS = 40
_LEAD_COLUMNS = frozenset(("amount", "stage", "chain", "source", "country", "first_reported_on"))
_SUM = re.compile(r"^(?:小计|合计|总计|共计|注[:：]|填表|制表|审核)")


@cache
def _known(kind: str) -> dict[str, str]:
    """Return the fields of a kind by their plain headings."""
    found: dict[str, str] = {}
    for name, texts in words.HEADINGS[kind].items():
        for text in texts.split(","):
            found.setdefault(plain_heading(text), name)
    return found


def after_mapping(table: RawTable, wanted: str = "") -> Mapping | None:
    """Return how a ledger of problems or approvals is read, None if a table is neither.

    Args:
        table: the cells as they stand.
        wanted: the kind that somebody says it is, which then needs few headings to be recognised.
    """
    best: tuple[int, Mapping] | None = None
    for index, row in enumerate(table.rows[:_LOOK_AT_ROWS]):
        labels = {at: one_line(cell) for at, cell in enumerate(row) if one_line(cell)}
        if len(labels) < (2 if wanted else 4):
            continue
        fields = (field_of(text) for text in labels.values())
        of_leads = {found[0] for found in fields if found is not None and found[1] == 3}
        for kind in (wanted,) if wanted else words.HEADINGS:
            columns: dict[int, str] = {}
            for at, text in labels.items():
                name = _known(kind).get(plain_heading(text))
                if name is not None and name not in columns.values():
                    columns[at] = name
            named = set(columns.values())
            telling = len(named & words.TELLING[kind])
            project = named & {"lead_title", "company"}
            if not project or (len(named) < 2 if wanted else "title" not in named or telling < 2):
                continue
            if not wanted and kind == "cases" and len(of_leads & _LEAD_COLUMNS) > 2:
                continue
            if best is None or len(columns) > best[0]:
                best = len(columns), Mapping(kind, index + 1, columns, labels)
    if best is None:
        return None
    for at, name in best[1].columns.items():
        if name == "cost_minor":
            best[1].units[at] = find_unit(best[1].labels[at]) or Unit()
    return best[1]


def read_after_rows(
    table: RawTable, mapping: Mapping, today: dt.date, each: Callable[[], None] | None = None
) -> list[OwnRow]:
    """Return the rows of such a table, cells merged downwards filled in, without its sums."""
    from desktop_app.exchange.rows import body_rows

    found = []
    for index, cells in body_rows(table, mapping):
        if each is not None:
            each()
        texts = [one_line(cell) for cell in cells]
        filled = [text for text in texts if text]
        repeated = sum(1 for at in mapping.columns if _at(texts, at) == mapping.labels.get(at)) > 2
        if repeated or len(set(filled)) < 2 or any(_SUM.match(text) for text in filled[:2]):
            continue
        found.append(_Reader(table, mapping, today, index).read(cells))
    return found


def _at(texts: Sequence[str], at: int) -> str:
    """Return the text of a column that a short row may lack."""
    return texts[at] if at < len(texts) else ""


class _Reader:
    """Reads one row; what cannot be read goes to its notes and is told."""

    def __init__(self, table: RawTable, mapping: Mapping, today: dt.date, index: int) -> None:
        self.mapping, self.today = mapping, today
        self.row = OwnRow(table.sheet, table.row_number(index), mapping.kind)
        self.done = self.struck_off = ""

    def read(self, cells: Sequence[Cell]) -> OwnRow:
        """Return what the cells say."""
        for at, cell in enumerate(cells):
            text, label = cell_text(cell), self.mapping.labels.get(at, "")
            if not text or is_blank(text):
                continue
            name = self.mapping.columns.get(at)
            if name is not None:
                self.row.labels[name] = label
                self._field(at, name, cell, text)
            elif not re.fullmatch(r"序号|编号|no\.?|nr\.?|#", label, re.IGNORECASE):
                self._keep(label, text)
        self._settle()
        return self.row

    def _field(self, at: int, name: str, cell: Cell, text: str) -> None:
        """Read one field by its kind."""
        record = self.row.record
        if name in ("lead_title", "owner"):
            self.row.refers[name] = one_line(cell)
        elif name == "company":
            latin, chinese = split_scripts(one_line(cell))
            self.row.company["name"] = latin or chinese
            if latin and chinese:
                self.row.company["name_zh"] = chinese
        elif name.endswith("_on"):
            day = parse_day(cell, DayRules(self.today, self.mapping.order, self.mapping.year))
            if day is None:
                self._unread(name, text, "date_unreadable")
            else:
                record[name] = day.on
                if not day.exact:
                    self._keep(self.row.labels[name], text)
        elif name in ("promised_days", "area_m2", "buildings"):
            self._number(name, text)
        elif name == "cost_minor":
            self._cost(at, cell, text)
        elif name == "state":
            self.done = text.strip()
        elif name == "struck_off":
            self.struck_off = text.strip()
        elif name == "notes":
            self.row.notes.insert(0, text)
        else:
            record[name] = text
        if name in record:
            key = f"{'case' if self.row.kind == 'cases' else 'approval'}.{name}"
            self.row.raw[key] = (self.row.labels[name], one_line(cell))

    def _number(self, name: str, text: str) -> None:
        """Read a whole number, of 万 and 亩 too."""
        found = re.search(r"-?\d[\d,.]*", text)
        number = parse_decimal(found.group()) if found else None
        if number is None:
            self._unread(name, text, "number_unreadable")
            return
        if name == "area_m2" and "万" in text + self.row.labels[name]:
            number *= 10**4
        elif name == "area_m2" and "亩" in text + self.row.labels[name]:
            number *= Decimal("666.67")
        self.row.record[name] = int(number.to_integral_value())

    def _cost(self, at: int, cell: Cell, text: str) -> None:
        """Read an amount; its currency is only what the cell or the heading names."""
        unit = self.mapping.units.get(at, Unit())
        money = parse_money(cell, unit, "XXX")
        if money is None:
            self._unread("cost_minor", text, "amount_unreadable")
            return
        self.row.record["cost_minor"] = money.minor
        yuan = "元" in text + self.row.labels["cost_minor"]
        currency = ("CNY" if yuan else None) if money.currency == "XXX" else money.currency
        if currency:
            self.row.record["currency"] = currency
        if not money.exact:
            self._keep(self.row.labels["cost_minor"], text)

    def _settle(self) -> None:
        """Set the state and the words that follow from what stands in several columns."""
        record, title = self.row.record, str(self.row.record.get("title") or "")
        if self.row.kind == "cases":
            category = str(record.get("category") or "")
            record["category"] = _first(category, words.CATEGORIES) or category or None
            state = self._case_state()
        else:
            record["kind"] = _first(title, words.APPROVAL_KINDS) or "other"
            state = self._approval_state()
            applied, days = record.get("applied_on"), record.get("promised_days")
            if isinstance(applied, dt.date) and isinstance(days, int) and "due_on" not in record:
                record["due_on"] = end_of_term(applied, days)
        record["state"] = state
        for name in [name for name, value in record.items() if value is None]:
            del record[name]

    def _case_state(self) -> str:
        """Return the state of a case: struck off, else what its columns say, else its days."""
        off = self.struck_off.lower()
        if off in words.YES or _first(off, words.CASE_STATES) == "closed":
            return "closed"
        found = _first(self.done, words.CASE_STATES) or _first(off, words.CASE_STATES)
        if self.done.lower() in words.YES:
            found = "done"
        elif self.done.lower() in words.NO:
            found = "in_progress"
        story = str(self.row.record.get("outcome") or "")
        if found is None and len(story) <= 6:
            found = "done" if story in words.YES else _first(story, words.CASE_STATES)
        if found is None and self.done:
            self._keep(self.row.labels.get("state", ""), self.done)
        days = (("closed_on", "closed"), ("confirmed_on", "confirmed"), ("done_on", "done"))
        by_day = next((state for name, state in days if name in self.row.record), "in_progress")
        return found or by_day

    def _approval_state(self) -> str:
        """Return the state of an approval: what its column says, else what its days say."""
        found = _first(self.done, words.APPROVAL_STATES)
        if self.done.lower() in words.YES:
            found = "done"
        if found is None and self.done and self.done.lower() not in words.NO:
            self._keep(self.row.labels.get("state", ""), self.done)
        if found is None:
            record = self.row.record
            found = "done" if "done_on" in record else "applied" if "applied_on" in record else None
        return found or "to_do"

    def _unread(self, name: str, text: str, key: str) -> None:
        """Keep a cell that cannot be read in the notes, and tell it."""
        label = self.row.labels.get(name, "")
        self._keep(label, text)
        self.row.problems.append(Problem(self.row.sheet, self.row.row, label, text, key))

    def _keep(self, label: str, text: str) -> None:
        """Keep a text in the notes under its heading."""
        self.row.notes.append(f"{label}：{text}" if label else text)


def _first(text: str, table: Sequence[tuple[str, str]]) -> str | None:
    """Return the code of the first wording that a text holds."""
    lower = text.casefold()
    return next((str(code) for wording, code in table if wording in lower), None)
