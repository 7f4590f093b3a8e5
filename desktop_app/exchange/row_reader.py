"""Reads one row of a table: each field by the reader of its kind.

What cannot be read is kept word for word in the record's notes as ``heading：text`` and told.
"""

import datetime as dt
import re
from decimal import Decimal

from desktop_app.domain.words import Stage, Status
from desktop_app.exchange.company_names import has_chinese, read_name, split_scripts
from desktop_app.exchange.headings import DAY_FIELDS
from desktop_app.exchange.ledger_read import Cell, RawTable
from desktop_app.exchange.ledger_row import Context, LedgerRow, Problem
from desktop_app.exchange.mapping import Mapping
from desktop_app.exchange.parse_dates import DayRules, parse_day
from desktop_app.exchange.parse_money import Unit, find_currency, parse_money
from desktop_app.exchange.parse_text import (
    UNDECIDED,
    cell_text,
    is_blank,
    one_line,
    parse_decimal,
    parse_email,
    parse_phones,
    parse_whole,
    split_names,
)
from desktop_app.exchange.parse_words import (
    parse_chain,
    parse_country,
    parse_source,
    parse_stage,
    parse_status,
)

_MU = Decimal("666.67")
_CONTACT_FIELDS = {
    "contact_title": "title",
    "wechat": "wechat",
    "languages": "languages",
}
_PLAIN_LEAD = ("introducer", "status_reason", "lost_to", "competitors", "blocker")
_PLAIN_LEAD_MORE = ("review_opinion", "credit_code", "title")
_PLAIN_COMPANY = ("region", "address", "website", "description", "china_footprint")


class RowReader:
    """Reads one row: each field by the reader of its kind."""

    def __init__(
        self, table: RawTable, mapping: Mapping, today: dt.date, index: int, cells: list[Cell]
    ) -> None:
        self.mapping = mapping
        self.today = today
        self.row = LedgerRow(table.sheet, table.row_number(index), mapping.kind)
        self.fields: dict[str, tuple[int, Cell]] = {}
        for column, cell in enumerate(cells):
            text = cell_text(cell)
            if not text or is_blank(text):
                continue
            name = mapping.columns.get(column)
            if name is None or (name in self.fields and name != "number"):
                self._keep(column, text)
            elif name != "number":
                self.fields[name] = (column, cell)
                if name != "notes":
                    self.row.raw[name] = (mapping.labels.get(column, ""), one_line(cell))

    def read(self, context: Context) -> LedgerRow:
        """Return what the row says."""
        row = self.row
        self._company(context)
        self._contact()
        if row.kind == "leads":
            self._words(context)
            self._days()
            self._amounts()
            self._people()
        notes = self._text("notes", lines=True)
        if notes:
            row.notes.insert(0, notes)
        return row

    def _text(self, name: str, *, lines: bool = False) -> str:
        """Return the text of a field."""
        if name not in self.fields:
            return ""
        cell = self.fields[name][1]
        return cell_text(cell) if lines else one_line(cell)

    def _keep(self, column: int, text: str) -> None:
        """Keep a text in the notes under its heading."""
        label = self.mapping.labels.get(column, "")
        self.row.notes.append(f"{label}：{text}" if label else text)

    def _unread(self, name: str, key: str) -> None:
        """Keep a field that could not be read in the notes, and say so."""
        column, cell = self.fields[name]
        text = cell_text(cell)
        self._keep(column, text)
        undecided = text.strip().lower() in UNDECIDED
        label = self.mapping.labels.get(column, "")
        found = Problem(
            self.row.sheet, self.row.row, label, text, "undecided" if undecided else key
        )
        self.row.problems.append(found)

    def _company(self, context: Context) -> None:
        """Read who the company is and where."""
        company = self.row.company
        latin, chinese = split_scripts(self._text("company"))
        foreign, more_chinese = split_scripts(self._text("company_en"))
        written = self._text("company_zh")
        name_zh = written or chinese or more_chinese
        name = foreign or latin or name_zh
        if written and not has_chinese(written) and not latin and not foreign:
            name = written
        if name:
            company["name"] = name
            company["kind"] = "investor"
            if not read_name(name).keys:
                label = self.row.raw.get("company", ("", ""))[0]
                self.row.problems.append(
                    Problem(self.row.sheet, self.row.row, label, name, "name_unreadable")
                )
        if name_zh:
            company["name_zh"] = name_zh
        country = parse_country(self._text("country")) if "country" in self.fields else None
        if "country" in self.fields and country is None:
            self._unread("country", "country_unknown")
        company["country"] = country or context.country
        self._city()
        for plain in _PLAIN_COMPANY:
            if text := self._text(plain, lines=True):
                company[plain] = text
        self._company_figures()

    def _city(self) -> None:
        """Read the city; of ``都灵 Torino`` the local name, and ``??`` is no city."""
        if "city" not in self.fields:
            return
        latin, chinese = split_scripts(self._text("city"))
        city = latin or chinese
        if not re.search(r"\w", city):
            self._unread("city", "text_unreadable")
        else:
            self.row.company["city"] = city

    def _company_figures(self) -> None:
        """Read how large and how old the company is."""
        for name in ("employees", "founded_year"):
            if name not in self.fields:
                continue
            number = parse_whole(self.fields[name][1])
            day = parse_day(self.fields[name][1], self._rules(future=False))
            if name == "founded_year" and day is not None and day.on.year < self.today.year + 1:
                number = number if number and 1000 < number < 2100 else day.on.year
            if number is None:
                self._unread(name, "number_unreadable")
            else:
                self.row.company[name] = number
        if "revenue" in self.fields:
            self._money("revenue", self.row.company, "revenue_minor", "revenue_currency")

    def _contact(self) -> None:
        """Read the person and the ways to reach them."""
        contact, company = self.row.contact, self.row.company
        name = self._text("contact_name")
        if not name:
            parts = self._text("contact_first"), self._text("contact_last")
            name = " ".join(p for p in parts if p)
            if has_chinese(name):
                name = "".join(reversed(parts))
        if re.search(r"\d{6}", name) and not {"phone", "mobile"} & set(self.fields):
            # 联系人及电话: both stand in one cell.
            self.fields["phone"], name = self.fields["contact_name"], ""
        latin, chinese = split_scripts(name)
        if name:
            contact["name"] = latin or chinese
            if chinese:
                contact["name_zh"] = chinese
        for source, target in _CONTACT_FIELDS.items():
            if text := self._text(source):
                contact[target] = text
        if "email" in self.fields:
            email = parse_email(self._text("email"))
            if email is None:
                self._unread("email", "email_unreadable")
            else:
                contact["email"] = email
        self._phones()
        if self.row.kind == "contacts" and company.get("address"):
            contact["address"] = company.pop("address")
        if not contact.get("name") and self.row.kind == "leads":
            # Nobody is named: what is given reaches the company.
            for shared in ("email", "phone"):
                if shared in contact:
                    company[shared] = contact.pop(shared)
            for name in ("contact_title", "wechat", "languages", "mobile"):
                if name in self.fields and {"contact_title": "title"}.get(name, name) in contact:
                    self._keep(self.fields[name][0], self._text(name))
            contact.clear()

    def _phones(self) -> None:
        """Read phone and mobile numbers as E.164."""
        country = self.row.company.get("country")
        for name in ("phone", "mobile"):
            if name not in self.fields:
                continue
            text = self._text(name)
            if name == "phone" and parse_email(text) and "email" not in self.row.contact:
                # 联系方式 is also where addresses are written.
                self.row.contact["email"] = parse_email(text)
            numbers = parse_phones(text, str(country) if country else None)
            if not numbers:
                if not parse_email(text):
                    self._unread(name, "phone_unreadable")
                continue
            self._named_beside(name, text)
            self.row.contact.setdefault(name, numbers[0])
            if len(numbers) > 1:
                other = "mobile" if name == "phone" else "phone"
                self.row.contact.setdefault(other, numbers[1])
                if len(numbers) > 2:
                    self._keep(self.fields[name][0], text)

    def _named_beside(self, name: str, text: str) -> None:
        """Take the person from a cell such as ``赵经理 13812345678``."""
        rest = re.sub(r"[\w.+-]+@[\w.-]+|[\d()+\-/.,:;：；，、（）\s]", " ", text)
        rest = re.sub(r"(?i)\b(?:tel|fax|ext|mob|mobil|mobile|phone|telefon)\b", " ", rest)
        rest = " ".join(re.sub(r"电话|手机|座机|办公|转|或|微信", " ", rest).split())
        if len(rest) < 2:
            return
        if self.row.contact.get("name"):
            self._keep(self.fields[name][0], text)
        else:
            self.row.contact["name"] = rest
            if has_chinese(rest):
                self.row.contact["name_zh"] = rest

    def _words(self, context: Context) -> None:
        """Read the words of the trade: stage, status, chain, source."""
        lead = self.row.lead
        lead["status"] = Status.ACTIVE.value
        lead["stage"] = context.stage or Stage.LEAD.value
        if "stage" in self.fields:
            text = self._text("stage")
            stage, status = parse_stage(text), parse_status(text)
            lead["stage"] = stage or context.stage or Stage.LEAD.value
            if stage is None and status is None:
                self._unread("stage", "stage_unknown")
            elif status is not None and stage is None:
                lead["status"] = status
        if "status" in self.fields:
            status = parse_status(self._text("status"))
            if status is None:
                self._unread("status", "status_unknown")
            else:
                lead["status"] = status
        if "chain" in self.fields:
            lead["chain"] = parse_chain(self._text("chain"))
            if lead["chain"] is None:
                self._unread("chain", "chain_unknown")
        if text := self._text("source"):
            # The channel may be a word of ours; what was written says more in any case.
            lead["source"] = parse_source(text)
            lead["source_detail"] = text
        for plain in (*_PLAIN_LEAD, *_PLAIN_LEAD_MORE):
            if text := self._text(plain, lines=True):
                lead[plain] = text

    def _rules(self, *, future: bool) -> DayRules:
        """Return how this table's days are understood."""
        year = None if future else self.mapping.year
        return DayRules(self.today, self.mapping.order, year, future)

    def _days(self) -> None:
        """Read the days; of an imprecise one the words are kept too."""
        for name in DAY_FIELDS:
            if name not in self.fields:
                continue
            column, cell = self.fields[name]
            future = name in ("next_on", "planned_signing_on")
            day = parse_day(cell, self._rules(future=future))
            if day is None:
                self._unread(name, "date_unreadable")
                continue
            self.row.lead[name] = day.on
            if not day.exact:
                self._keep(column, cell_text(cell))

    def _amounts(self) -> None:
        """Read money, areas and other figures of the project."""
        lead = self.row.lead
        own = find_currency(self._text("currency")) if "currency" in self.fields else None
        if "amount" in self.fields:
            self._money("amount", lead, "amount_minor", "currency", own)
        elif own is not None:
            lead["currency"] = own
        if "registered_capital" in self.fields:
            self._money(
                "registered_capital", lead, "registered_capital_minor", "registered_currency"
            )
        for name, column in (("output", "output_minor"), ("tax", "tax_minor")):
            if name in self.fields:
                self._money(name, lead, column, None)
        for name, column in (("land", "land_m2"), ("plant", "plant_m2")):
            if name in self.fields:
                self._area(name, column)
        for name, column in (
            ("jobs", "jobs"),
            ("energy", "energy_tce"),
            ("foreign_share", "foreign_share_percent"),
        ):
            if name in self.fields:
                number = self._number(name)
                if number is None:
                    self._unread(name, "number_unreadable")
                else:
                    lead[column] = number

    def _number(self, name: str) -> int | None:
        """Return a whole number; a share of 0.6 is 60 %."""
        cell = self.fields[name][1]
        if name == "foreign_share":
            share = parse_decimal(cell)
            if share is None:
                return None
            return int(share * 100) if isinstance(cell, float) and share <= 1 else int(share)
        return parse_whole(cell)

    def _money(
        self,
        name: str,
        record: dict[str, object],
        minor: str,
        currency: str | None,
        own: str | None = None,
    ) -> None:
        """Read an amount into its two columns; words beyond the amount are kept."""
        column, cell = self.fields[name]
        unit = self.mapping.units.get(column, Unit())
        if own is not None and unit.currency is None:
            unit = Unit(unit.factor, own, unit.decimal_comma, unit.two_units)
        money = parse_money(cell, unit, self.mapping.currency)
        if money is None:
            self._unread(name, "amount_unreadable")
            return
        record[minor] = money.minor
        if currency is not None:
            record[currency] = money.currency
        elif money.currency != "CNY":
            self._keep(column, cell_text(cell))
            del record[minor]
        if not money.exact:
            self._keep(column, cell_text(cell))

    def _area(self, name: str, target: str) -> None:
        """Read an area in square metres, hectares or mu (1 亩 = 666.67 m²)."""
        column, cell = self.fields[name]
        text = one_line(cell)
        number = parse_decimal(cell)
        if number is None:
            self._unread(name, "number_unreadable")
            return
        heading = self.mapping.labels.get(column, "")
        said = f"{text} {heading}".lower()
        if "亩" in said:
            number *= _MU
        elif re.search(r"公顷|\bha\b|hektar|hectare|万平", said):
            number *= 10_000
        elif name == "land" and number < 5000 and not re.search(r"平方|㎡|m2|m²|sqm|qm", said):
            # A bare number under a Chinese heading is in mu.
            number *= _MU if has_chinese(heading) else 1
        self.row.lead[target] = int(number)
        if re.search(r"\d\s*[-~至到]\s*\d", text):
            self._keep(column, text)

    def _people(self) -> None:
        """Read who looks after the lead and who reported it first."""
        row = self.row
        for name in ("owner", "first_reporter"):
            text = self._text(name)
            people = split_names(text) if text and text.lower() not in UNDECIDED else []
            if not people:
                continue
            if name == "owner":
                row.owner = people[0]
            else:
                row.reporter = people[0]
            if len(people) > 1:
                self._keep(self.fields[name][0], text)
        if row.owner is None:
            # A ledger that only says who met the company first means that they go on with it.
            row.owner = row.reporter
        row.next_step = self._text("next_step", lines=True) or None
        if row.next_step and "next_on" not in row.lead:
            self._keep(self.fields["next_step"][0], row.next_step)
