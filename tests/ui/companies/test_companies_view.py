"""Companies and contacts over a real workspace: edited in place, added, deleted, undone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.log import history
from desktop_app.db.workspace import Workspace
from desktop_app.services import companies, leads, records
from desktop_app.settings import Settings
from desktop_app.ui.companies.companies_view import CompaniesView
from desktop_app.ui.companies.contacts_view import ContactsView
from desktop_app.ui.store import Store


class FakeShell:
    """The window around the views: keeps what it was told, answers as it is set."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.me: str | None = None
        self.answer = False
        self.asked: list[str] = []
        self.toasts: list[str] = []
        self.opened: list[tuple[str, str]] = []

    def toast(self, text: str, undo: bool = False) -> None:
        self.toasts.append(text)

    def open_record(self, kind: str, record_id: str) -> None:
        self.opened.append((kind, record_id))

    def confirm(self, title: str, text: str, yes: str, danger: bool = False) -> bool:
        self.asked.append(text)
        return self.answer

    def set_count(self, view: str, count: int | None, alarm: bool = False) -> None: ...

    def import_file(self, path: Path | None = None, kind: str = "leads") -> None: ...


class Desk:
    """Both views over two companies, the first with a lead and a contact."""

    def __init__(self, store: Store, shell: FakeShell, ids: dict[str, str]) -> None:
        self.store, self.shell, self.ids = store, shell, ids
        self.companies = CompaniesView(store, shell)  # type: ignore[arg-type] # all it asks for
        self.contacts = ContactsView(store, shell)  # type: ignore[arg-type] # all it asks for

    def company(self, one: str) -> dict[str, Any]:
        return self.store.read(companies.company_detail, one).fields

    def contact(self, one: str) -> dict[str, Any]:
        return self.store.read(companies.contact_detail, one).fields


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path / "ws")
    store = Store(workspace)

    def seed(session: Any) -> dict[str, str]:
        me = records.create(session, "members", name="王敏")
        used = companies.add_company(
            session, name="Mühlbach Hydraulik AG", name_zh="联博液压", country="CH"
        )
        free = companies.add_company(session, name="Zanchi Meccanica S.p.A.", country="IT")
        person = companies.add_contact(session, company_id=used, name="Urs Frei", title="CEO")
        lead = leads.add_lead(session, used, title="液压件生产基地" * 6)
        return {"me": me, "used": used, "free": free, "person": person, "lead": lead}

    ids = store.write("seed", seed)
    workspace.author_id = ids["me"]
    made = Desk(store, FakeShell(), ids)
    for view in (made.companies, made.contacts):
        qtbot.addWidget(view)
        store.changed.connect(view.refresh)
        view.resize(1250, 860)
        view.restore_state({})
        view.refresh(None)
        view.show()
    yield made
    workspace.close()


def retype(field: Any, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_field_edited_in_place_is_in_the_database_and_the_history(desk: Desk) -> None:
    used = desk.ids["used"]
    desk.companies.select(used)
    retype(desk.companies._form.fields["city"], "Bern")
    assert desk.company(used)["city"] == "Bern"
    newest = desk.store.read(history, "company", used)[0]
    assert newest.by == "王敏"
    assert newest.fields["city"] == (None, "Bern")
    assert "Bern" in desk.companies._second.text()
    step = desk.store.undo()
    assert step is not None and step.label == "修改企业：城市"
    assert not desk.company(used)["city"]
    assert desk.companies.selected_id() == used


def test_a_year_has_no_separators_and_a_number_of_people_has(desk: Desk) -> None:
    desk.companies.select(desk.ids["used"])
    editors = desk.companies._form.fields
    retype(editors["founded_year"], "1935")
    retype(editors["employees"], "12000")
    assert editors["founded_year"].text() == "1935"
    assert editors["employees"].text() == "12,000"


def test_a_company_in_use_is_deleted_only_when_the_answer_is_yes(desk: Desk) -> None:
    used = desk.ids["used"]
    desk.companies.select(used)
    desk.companies.delete_selected()
    assert "Mühlbach Hydraulik AG”还有 1 条线索、1 位联系人。" in desk.shell.asked[0]
    assert len(desk.companies.model.all_rows()) == 2
    desk.shell.answer = True
    desk.companies.delete_selected()
    assert [r.id for r in desk.companies.model.all_rows()] == [desk.ids["free"]]
    desk.store.undo()
    assert len(desk.companies.model.all_rows()) == 2


def test_a_company_not_in_use_is_deleted_without_a_question(desk: Desk) -> None:
    desk.companies.select(desk.ids["free"])
    desk.companies.delete_selected()
    assert not desk.shell.asked
    assert [r.id for r in desk.companies.model.all_rows()] == [desk.ids["used"]]


def test_a_new_company_is_selected_and_ready_to_be_named(desk: Desk) -> None:
    desk.companies.new_record()
    made = desk.companies.selected_id()
    retype(desk.companies._form.fields["name"], "Uetliberg Robotics AG")
    assert desk.company(made)["name"] == "Uetliberg Robotics AG"
    assert desk.companies._title.text() == "Uetliberg Robotics AG"


def test_the_pane_is_no_wider_than_its_place_and_leads_on(desk: Desk) -> None:
    view = desk.companies
    view.select(desk.ids["used"])
    QTest.qWait(50)
    assert view.pane.body.width() <= view.pane.viewport().width()
    links = view.pane.body.findChildren(QPushButton)
    next(b for b in links if b.accessibleName() == "液压件生产基地" * 6).click()
    assert desk.shell.opened == [("leads", desk.ids["lead"])]


def test_a_contact_is_added_from_its_company(desk: Desk) -> None:
    desk.companies.select(desk.ids["free"])
    desk.companies._add_contact()
    kind, made = desk.shell.opened[-1]
    assert kind == "contacts"
    assert desk.contact(made)["company_id"] == desk.ids["free"]


def test_a_new_contact_is_named_in_place_and_undone(desk: Desk) -> None:
    view = desk.contacts
    view.new_record()
    made = view.selected_id()
    retype(view._form.fields["name"], "Anna Keller")
    retype(view._form.fields["email"], "anna@keller.example")
    fields = desk.contact(made)
    assert (fields["name"], fields["email"]) == ("Anna Keller", "anna@keller.example")
    for _ in range(3):
        desk.store.undo()
    assert [r.id for r in view.model.all_rows()] == [desk.ids["person"]]


def test_a_person_has_a_name_and_a_title(desk: Desk) -> None:
    desk.contacts.select(desk.ids["person"])
    texts = [one.text() for one in desk.contacts._form.findChildren(QLabel)]
    assert "姓名" in texts and "职务" in texts and "名称" not in texts


def test_a_deleted_contact_comes_back_by_undo(desk: Desk) -> None:
    desk.contacts.select(desk.ids["person"])
    desk.contacts.delete_selected()
    assert not desk.contacts.model.all_rows()
    desk.store.undo()
    assert len(desk.contacts.model.all_rows()) == 1
