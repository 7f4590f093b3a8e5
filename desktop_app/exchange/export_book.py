"""Sets our ledgers as workbooks: head, widths, formats, drop-down lists, print set-up."""

import contextlib
import datetime as dt
import io
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from desktop_app.domain.money import CURRENCIES, minor_digits
from desktop_app.domain.words import (
    Chain,
    CompanyKind,
    DecisionRole,
    FollowUpStatus,
    Side,
    Source,
    Stage,
    Status,
    TimeScale,
    Verdict,
)
from desktop_app.domain.words_after import (
    ApprovalKind,
    ApprovalState,
    CapitalKind,
    CaseState,
    Product,
    RaisedBy,
    ServiceKind,
    Supervision,
)
from desktop_app.exchange.own_column import MONEY_UNITS, OwnColumn
from desktop_app.exchange.own_columns import SHEETS
from desktop_app.i18n import t, word

Progress = Callable[[int, int], None]

# What Excel holds in one cell.
LONGEST = 32767
_HEAD_ROWS = 3
_ROOM_BELOW = 500
_LINE, _MOST_LINES = 15, 5
# Excel would take a text that begins so for a formula once somebody edits the cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\n")
_CHOICES: dict[str, Sequence[str]] = {
    "stage": [s.value for s in Stage],
    "status": [s.value for s in Status],
    "source": [s.value for s in Source],
    "chain": [s.value for s in Chain],
    "verdict": [s.value for s in Verdict],
    "time_scale": [s.value for s in TimeScale],
    "company_kind": [s.value for s in CompanyKind],
    "decision_role": [s.value for s in DecisionRole],
    "follow_up_status": [s.value for s in FollowUpStatus],
    "side": [s.value for s in Side],
    "currency": CURRENCIES,
    "case_state": [s.value for s in CaseState],
    "raised_by": [s.value for s in RaisedBy],
    "supervision": [s.value for s in Supervision],
    "approval_kind": [s.value for s in ApprovalKind],
    "approval_state": [s.value for s in ApprovalState],
    "service_kind": [s.value for s in ServiceKind],
    "product": [s.value for s in Product],
    "capital_kind": [s.value for s in CapitalKind],
}
_FREE = ("member", "country", "currency", "chain", "case_category", "approval_template")
_COUNTRIES = "CH DE IT AT FR LI NL BE LU GB IE DK SE NO FI ES PT PL CZ HU US JP KR SG CN HK".split()
_INK = {"head": "#1F5FBF", "soft": "#E6EFFB", "rule": "#E3E6EB", "muted": "#67707E"}
_MORE_SHADES = {"more": "#3F6FB0", "score": "#4C6A94", "review": "#5A6478"}


@dataclass
class Cut:
    """A text that was longer than a cell holds."""

    sheet: str
    row: int
    column: str


@dataclass
class SheetText:
    """What stands over a sheet and how many rows come."""

    sheet: str
    title: str
    note: str
    rows: Iterable[Mapping[str, Any]]


@dataclass
class Book:
    """One workbook being written, in memory that does not grow with its rows."""

    lang: str
    team: str
    now: dt.datetime
    members: Sequence[str]
    # The team's own words of a concept, by concept.
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    countries: Sequence[str] = ()
    cuts: list[Cut] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the workbook and make its formats."""
        import xlsxwriter

        self._file = io.BytesIO()
        self._beside = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        # Row by row to a file beside: 20,000 leads need no more memory than twenty.
        options = {"constant_memory": True, "tmpdir": self._beside.name}
        self._book: Any = xlsxwriter.Workbook(self._file, options)
        self._book.set_properties(
            {"title": self.team, "author": self.team, "created": self.now.replace(tzinfo=None)}
        )
        self._formats: dict[tuple[str, ...], Any] = {}
        self._lists: dict[str, tuple[str, list[str]]] = {}

    def __enter__(self) -> "Book":
        """Return the book, which is let go of at the end however it comes."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Remove what lies beside, also of a book that was not finished."""
        for sheet in self._book.worksheets():
            if sheet.row_data_fh is not None:
                with contextlib.suppress(OSError):
                    sheet.row_data_fh.close()
        self._beside.cleanup()

    def data(self) -> bytes:
        """Close the workbook and return it."""
        self._write_lists()
        self._book.close()
        return self._file.getvalue()

    def add(self, text: SheetText, each: Callable[[], None]) -> int:
        """Write one sheet and return how many rows it has.

        Args:
            text: what is written.
            each: called after each row; may raise to stop.
        """
        columns = SHEETS[text.sheet]
        sheet = self._book.add_worksheet(t(f"export.sheet.{text.sheet}", self.lang))
        self._set_up(sheet, columns, text)
        line = _HEAD_ROWS
        for row in text.rows:
            sheet.set_row(line, self._height(columns, row))
            for at, column in enumerate(columns):
                self._write(sheet, line, at, column, row)
            line += 1
            each()
        last = len(columns) - 1
        sheet.autofilter(_HEAD_ROWS - 1, 0, max(line - 1, _HEAD_ROWS), last)
        printed = sum(1 for column in columns if column.group == "main")
        sheet.print_area(0, 0, max(line - 1, _HEAD_ROWS), printed - 1)
        self._choose(sheet, columns, line + _ROOM_BELOW)
        return line - _HEAD_ROWS

    def _set_up(self, sheet: Any, columns: Sequence[OwnColumn], text: SheetText) -> None:
        """Set widths, head, frozen panes and how the sheet is printed."""
        printed = sum(1 for c in columns if c.group == "main")
        for at, column in enumerate(columns):
            options: dict[str, Any] = {}
            if column.kind == "key":
                options = {"hidden": True}
            elif column.group != "main":
                options = {"level": 1, "hidden": True}
            sheet.set_column(at, at, column.width, None, options)
        if any(column.group not in ("main", "keys") for column in columns):
            # The mark that opens the groups stands over the last column that is shown.
            sheet.outline_settings(True, True, False, False)
            last = columns[printed - 1]
            sheet.set_column(printed - 1, printed - 1, last.width, None, {"collapsed": True})
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, text.title, self._format("title"))
        sheet.set_row(1, 18)
        sheet.write_string(1, 0, text.note, self._format("note"))
        sheet.set_row(2, 32)
        for at, column in enumerate(columns):
            sheet.write_string(2, at, column.heading(self.lang), self._format("head", column.group))
        sheet.freeze_panes(_HEAD_ROWS, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROWS - 1)
        sheet.set_footer(f"&C&8{t('export.page', self.lang)}")
        sheet.hide_gridlines(2)

    def _format(self, *kind: str) -> Any:
        """Return a format, each made once."""
        if kind not in self._formats:
            base: dict[str, Any] = {
                "font_name": "Microsoft YaHei" if self.lang == "zh" else "Segoe UI",
                "font_size": 10,
                "valign": "top",
            }
            self._formats[kind] = self._book.add_format(base | _properties(*kind))
        return self._formats[kind]

    def _height(self, columns: Sequence[OwnColumn], row: Mapping[str, Any]) -> int:
        """Return the height of a row: as many lines as its notes take, but not a page of them."""
        lines = 1
        for column in columns:
            if column.group == "main" and column.kind in ("note", "text"):
                lines = max(lines, _lines(str(row.get(_at(column)) or ""), column.width))
        return 5 + _LINE * min(lines, _MOST_LINES)

    def _write(
        self, sheet: Any, line: int, at: int, column: OwnColumn, row: Mapping[str, Any]
    ) -> None:
        """Write one cell in the type of its column."""
        value = row.get(_at(column))
        kind = column.kind
        if value is None or value == "":
            # The rule under a row is for the part that is printed.
            if column.group == "main":
                sheet.write_blank(line, at, None, self._format("text_cell"))
        elif kind == "day" and value >= dt.date(1900, 3, 1):
            sheet.write_datetime(
                line, at, dt.datetime.combine(value, dt.time()), self._format("day")
            )
        elif kind == "money":
            unit = MONEY_UNITS[self.lang]
            digits = minor_digits(row.get(f"{column.record}.{column.currency}"))
            amount = Decimal(value).scaleb(-digits) / unit
            self._number(sheet, line, at, amount, "money")
        elif kind == "place":
            self._number(sheet, line, at, Decimal(value).scaleb(-6), "place")
        elif kind in ("whole", "year", "percent", "number"):
            self._number(sheet, line, at, Decimal(value), kind)
        else:
            self._text(sheet, line, at, column, self._words(column, value))

    def _words(self, column: OwnColumn, value: Any) -> str:
        """Return a value as its cell says it."""
        if column.kind == "truth":
            return t("export.yes" if value else "export.no", self.lang)
        if column.kind.startswith("code:"):
            return word(column.kind.removeprefix("code:"), str(value), self.lang)
        return value.isoformat() if isinstance(value, dt.date) else str(value)

    def _number(self, sheet: Any, line: int, at: int, number: Decimal, kind: str) -> None:
        """Write a number; one with more digits than a cell keeps stands as text."""
        whole = number == number.to_integral_value()
        style = f"{kind}_whole" if kind == "money" and whole else kind
        if len(number.normalize().as_tuple().digits) > 15:
            sheet.write_string(line, at, f"{number:f}", self._format(style))
        else:
            sheet.write_number(line, at, float(number), self._format(style))

    def _text(self, sheet: Any, line: int, at: int, column: OwnColumn, text: str) -> None:
        """Write a text as a text, whatever it begins with."""
        style = "note" if column.kind == "note" else "key" if column.kind == "key" else "text"
        style = f"{style}_cell"
        if len(text.encode("utf-16-le")) // 2 > LONGEST:
            self.cuts.append(Cut(sheet.get_name(), line + 1, column.heading(self.lang)))
            text = text.encode("utf-16-le")[: LONGEST * 2].decode("utf-16-le", "ignore")
        quoted = ("quoted",) if text.startswith(_FORMULA) else ()
        sheet.write_string(line, at, text, self._format(style, *quoted))

    def _choose(self, sheet: Any, columns: Sequence[OwnColumn], last: int) -> None:
        """Offer drop-down lists where a column holds words of ours."""
        for at, column in enumerate(columns):
            concept = column.kind.removeprefix("code:")
            if column.kind == "member":
                concept = "member"
            elif column.kind == "truth":
                concept = "truth"
            elif not column.kind.startswith("code:"):
                continue
            where = self._list(concept)
            # Names and countries may be new ones; a stage of no such name says nothing.
            free = concept in _FREE
            if where:
                sheet.data_validation(
                    _HEAD_ROWS,
                    at,
                    last,
                    at,
                    {
                        "validate": "list",
                        "source": where,
                        "error_type": "information" if free else "stop",
                        "error_title": t("export.choose_title", self.lang),
                        "error_message": t("export.choose", self.lang),
                        "show_error": not free,
                    },
                )

    def _list(self, concept: str) -> str:
        """Return where the words of a list stand, empty for none."""
        if concept not in self._lists:
            if concept == "member":
                words = list(self.members)
            elif concept == "truth":
                words = [t("export.yes", self.lang), t("export.no", self.lang)]
            elif concept == "country":
                codes = dict.fromkeys((*self.countries, *_COUNTRIES))
                words = [word("country", code, self.lang) for code in codes]
            else:
                codes_of = self.choices.get(concept) or _CHOICES.get(concept, ())
                words = [word(concept, code, self.lang) for code in codes_of]
            letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[len(self._lists)]
            name = t("export.sheet.lists", self.lang)
            where = f"='{name}'!${letter}$1:${letter}${len(words)}" if words else ""
            self._lists[concept] = (where, words)
        return self._lists[concept][0]

    def _write_lists(self) -> None:
        """Write the words of the drop-down lists to a sheet that is not shown."""
        sheet = self._book.add_worksheet(t("export.sheet.lists", self.lang))
        sheet.hide()
        lists = [words for _, words in self._lists.values()]
        for line in range(max(map(len, lists), default=0)):
            for at, words in enumerate(lists):
                if line < len(words):
                    sheet.write_string(line, at, words[line])


def _at(column: OwnColumn) -> str:
    """Return the name of a column's value in a row."""
    return f"{column.record}.{column.name}"


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes; a Chinese character is two wide."""
    return sum(
        max(1, -(-sum(2 if ord(c) > 0x2E80 else 1 for c in part) // width))
        for part in text[:600].split("\n")
    )


def _properties(kind: str, more: str = "") -> dict[str, Any]:
    """Return what a kind of cell looks like."""
    if kind == "title":
        return {"bold": True, "font_size": 16, "valign": "vcenter"}
    if kind == "note":
        return {"font_color": _INK["muted"], "valign": "vcenter", "font_size": 9}
    rule: dict[str, Any] = {"bottom": 1, "bottom_color": _INK["rule"]}
    if kind == "head":
        shade = _MORE_SHADES.get(more, _INK["head"])
        return {
            "bold": True, "font_color": "#FFFFFF", "bg_color": shade, "text_wrap": True,
            "valign": "vcenter", "left": 1, "left_color": "#FFFFFF", "indent": 1,
        }  # fmt: skip
    if more == "quoted":
        rule["quote_prefix"] = True
    formats = {
        "day": "yyyy-mm-dd", "money": "#,##0.00####", "money_whole": "#,##0", "whole": "#,##0",
        "percent": '0"%"', "place": "0.000000", "year": "0", "number": "0",
    }  # fmt: skip
    if kind in formats:
        rule["num_format"] = formats[kind]
        rule["align"] = "center" if kind in ("number", "day") else "right"
        rule["indent"] = int(rule["align"] == "right")
    elif kind != "key_cell":
        rule.update(num_format="@", text_wrap=True, align="left", indent=1)
    return rule
