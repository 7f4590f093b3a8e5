"""Companies: the table, and one company with its people, projects and meetings."""

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.formats import local, short_date
from desktop_app.domain.money import format_money
from desktop_app.i18n import language, t, word
from desktop_app.services import companies
from desktop_app.services.companies import CompanyDetail, CompanyRow
from desktop_app.ui.companies.fields import company_form
from desktop_app.ui.fonts import font
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.table_with_pane import PaneArea, TableWithPane, for_each
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import button, hairline, label, row
from desktop_app.ui.widgets.pill import PillLabel, stage_kind
from desktop_app.ui.widgets.row_table_model import Column

_MARGIN, _GAP, _LEAST = 16, 10, 110


def second_name(r: CompanyRow) -> str:
    """Return the Chinese name where it says more than the first one."""
    return r.name_zh if r.name and r.name_zh != r.name else ""


def _columns() -> list[Column]:
    return [
        Column(
            "name", t("words.field.company"), lambda r: r.name or r.name_zh, 270, detail=second_name
        ),
        Column("country", t("words.field.country"), lambda r: word("country", r.country), 105),
        Column("city", t("words.field.city"), lambda r: r.city, 115),
        Column("chain", t("words.field.chain"), lambda r: word("chain", r.chain), 170),
        Column(
            "leads",
            t("words.kind.leads"),
            lambda r: str(r.leads or ""),
            70,
            right=True,
            sort_key=lambda r: r.leads,
        ),
        Column(
            "contacts",
            t("words.kind.contacts"),
            lambda r: str(r.contacts or ""),
            80,
            right=True,
            sort_key=lambda r: r.contacts,
        ),
        Column(
            "kind", t("words.field.kind"), lambda r: word("company_kind", r.kind), 90, hidden=True
        ),
        Column("website", t("words.field.website"), lambda r: r.website, 180, hidden=True),
    ]


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class CompaniesView(TableWithPane):
    """Lists companies; the selected one is edited in place."""

    name = "companies"
    icon = "building-complex"
    area = "companies"
    table = "company"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the table and the pane."""
        pane = PaneArea()
        super().__init__(store, shell, _columns(), pane)
        self._title = label("", "title", wrap=True)
        self._second = label("", "muted", wrap=True)
        self._form = company_form(self._save)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(4)
        layout = pane.body_layout
        layout.addWidget(self._title)
        layout.addWidget(self._second)
        layout.addLayout(self._lists)
        layout.addWidget(hairline())
        layout.addWidget(self._form)
        layout.addStretch(1)

    def read_rows(self) -> list[CompanyRow]:
        return self.store.read(companies.company_rows)

    def concerns(self) -> frozenset[str]:
        return frozenset({"company", "contact", "lead"})

    def show_record(self, record_id: str) -> None:
        detail = self.store.read(companies.company_detail, record_id)
        fields = detail.fields
        self._title.setText(fields["name"] or fields["name_zh"] or "")
        second = fields["name_zh"] if fields["name"] != fields["name_zh"] else ""
        place = (second, fields["city"], word("country", fields["country"]))
        self._second.setText(" · ".join(x for x in place if x))
        self._form.show_values(fields)
        mark_conflicts(self.store, self.shell, record_id, self.editors())
        self._show_lists(detail)

    def editors(self) -> dict[str, Any]:
        return dict(self._form.fields)

    def _show_lists(self, detail: CompanyDetail) -> None:
        clear(self._lists)
        self._heading("words.kind.leads", len(detail.leads))
        for lead in detail.leads:
            amount = format_money(lead["amount_minor"], lead["currency"], language())
            text = lead["title"] or amount or t("words.record.lead")
            note = amount if lead["title"] else ""
            pill = (word("stage", lead["stage"]), stage_kind(lead["stage"]))
            self._line(text, note, "leads", lead["id"], pill)
        self._heading("words.kind.contacts", len(detail.contacts))
        for contact in detail.contacts:
            text = contact["name"] or contact["name_zh"] or ""
            self._line(text, contact["title"] or "", "contacts", contact["id"], None)
        add = button(t("companies.add_contact"), self._add_contact, "plus", "link")
        self._lists.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        if detail.meetings:
            self._heading("words.kind.meetings", len(detail.meetings))
        today = dt.date.today()
        for meeting in detail.meetings[:8]:
            starts = meeting["starts_at"]
            day = local(starts, meeting["zone"]).date() if starts else None
            note = short_date(day, today, language())
            kind = "meetings" if meeting["trip_id"] else ""
            pill = (word("meeting_status", meeting["status"]), "neutral")
            self._line(word("meeting_kind", meeting["kind"]), note, kind, meeting["id"], pill)

    def _heading(self, key: str, count: int) -> None:
        if self._lists.count():
            self._lists.addSpacing(8)
        self._lists.addWidget(label(f"{t(key)}  {count or ''}".strip(), "heading"))

    def _line(
        self, text: str, note: str, kind: str, record_id: str, pill: tuple[str, str] | None
    ) -> None:
        line = QWidget()
        inner = row(line)
        rest = [label(note, "small")] if note else []
        # A name stands before a title: what is said beside it takes half the line at most.
        most = max(self.pane.viewport().width() // 2 - _MARGIN, _LEAST)
        for one in rest:
            one.setText(one.fontMetrics().elidedText(note, Qt.TextElideMode.ElideRight, most))
            one.setToolTip(note if one.text() != note else "")
        mark = PillLabel(*pill) if pill is not None else None
        taken = sum(w.sizeHint().width() + _GAP for w in (*rest, mark) if w is not None)
        room = max(self.pane.viewport().width() - 2 * _MARGIN - taken - 2 * _GAP, _LEAST)
        shown = QFontMetrics(font()).elidedText(text, Qt.TextElideMode.ElideRight, room)
        if kind:
            follow = partial(self.shell.open_record, kind, record_id)
            link = button(shown, follow, variant="link", tip=text if shown != text else "")
            link.setAccessibleName(text)
            inner.addWidget(link)
        else:
            inner.addWidget(label(shown))
        for one in rest:
            inner.addWidget(one)
        inner.addStretch(1)
        if mark is not None:
            inner.addWidget(mark)
        self._lists.addWidget(line)

    def _save(self, field: str, fields: dict[str, Any]) -> None:
        undo_label = t("companies.do.edit", field=field)
        self.store.write(undo_label, companies.update_company, self._shown, **fields)

    def new_record(self) -> None:
        new_id = self.store.write(
            t("companies.do.add"), companies.add_company, name=t("companies.new_name")
        )
        self.select(new_id)
        editor = self._form.fields["name"]
        editor.setFocus()
        editor.selectAll()

    def _add_contact(self) -> None:
        new_id = self.store.write(
            t("contacts.do.add"),
            companies.add_contact,
            company_id=self._shown,
            name=t("contacts.new_name"),
        )
        self.shell.open_record("contacts", new_id)

    def delete_records(self, ids: list[str]) -> None:
        uses = self.store.read(companies.uses_of, ids)
        if uses:
            first = self.model.row_at(self.model.index_of(ids[0]))
            asked = t(
                "companies.delete_anyway" if len(ids) == 1 else "companies.delete_these_anyway",
                name=first.name or first.name_zh,
                n=len(ids),
                uses=companies.uses_text(uses),
            )
            if not self.shell.confirm(t("companies.do.delete"), asked, t("common.delete"), True):
                return
        force = partial(companies.delete_company, force=True)
        self.store.write(t("companies.do.delete"), for_each(force, ids))
        self.shell.toast(t("companies.deleted", n=len(ids)), undo=True)
