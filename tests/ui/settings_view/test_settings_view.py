"""The settings in a real window: what is typed is kept for the team, what is emptied is default."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from desktop_app import i18n
from desktop_app import settings as settings_file
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.services import cases, companies, leads, rates, records
from desktop_app.settings import Settings
from desktop_app.ui.settings_view.cases_card import CasesCard
from desktop_app.ui.settings_view.rates_card import RateField
from desktop_app.ui.settings_view.settings_view import SettingsView
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.text_fields import LineField


@pytest.fixture
def view(tmp_path: Path, qtbot: QtBot) -> Iterator[SettingsView]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path / "ws")
    window = MainWindow(Store(workspace), Settings(first_run_done=True, language="zh"))
    qtbot.addWidget(window)
    window.show_view("settings")
    shown = window.view("settings")
    assert isinstance(shown, SettingsView)
    yield shown
    workspace.close()


def type_into(field: LineField, text: str) -> bool:
    field.setText(text)
    field.setModified(True)
    return field.commit()


def test_a_rate_is_kept_for_the_team_and_an_emptied_one_is_the_default(view: SettingsView) -> None:
    euro = view.rates_card.fields["EUR"]
    assert euro.text() == "110.00"

    assert type_into(euro, "118.5")
    assert view.store.read(rates.usd_rates)["EUR"] == 11_850

    assert type_into(euro, "")
    assert view.store.read(rates.usd_rates) == rates.USD_RATES
    assert euro.text() == "110.00"


def test_undo_brings_the_rate_back_into_the_field(view: SettingsView) -> None:
    yen = view.rates_card.fields["JPY"]
    type_into(yen, "0.7")
    assert yen.text() == "0.70"
    view.store.undo()
    assert yen.text() == "0.65"


@pytest.mark.parametrize("text", ["0", "-3", "abc", "1e9", "NaN"])
def test_what_is_no_rate_is_marked_and_not_kept(view: SettingsView, text: str) -> None:
    euro = view.rates_card.fields["EUR"]
    assert not type_into(euro, text)
    assert euro.property("wrong")
    assert view.store.read(rates.usd_rates) == rates.USD_RATES


@pytest.mark.parametrize(
    ("text", "cents"), [("118,50", 11_850), ("1,185.00", 118_500), ("118。5", 11_850)]
)
def test_rates_are_read_as_people_write_them(qtbot: QtBot, text: str, cents: int) -> None:
    field = RateField("EUR")
    qtbot.addWidget(field)
    assert field.parse(text) == cents


def test_categories_are_added_ordered_and_one_in_use_leaves_its_cases(view: SettingsView) -> None:
    card, store = view.cases_card, view.store

    def add_case(session: Session) -> str:
        company = companies.add_company(session, name="Eins AG", country="CH")
        lead = leads.add_lead(session, company)
        return cases.add_case(session, lead, title="用地", category="land")

    case = store.write("seed", add_case)
    card.read()
    assert type_into(card.new, "海关通关")
    assert card.categories[-1] == "海关通关" and card.new.text() == ""
    press(card, "上移：海关通关")
    assert card.categories[-2:] == ["海关通关", "other"]
    assert "1 件在用" in [one.text() for one in card.findChildren(QLabel)]
    press(card, "删除：用地")
    assert "land" not in store.read(cases.categories)
    with store.workspace.read() as session:
        assert records.get(session, "cases", case)["category"] == "land"
    assert type_into(card.new, "用地")
    assert card.categories[-1] == "land"
    store.undo()
    store.undo()
    assert store.read(cases.categories)[0] == "land"


def press(card: CasesCard, name: str) -> None:
    button = next(
        one
        for one in card.findChildren(QToolButton)
        if one.accessibleName() == name and not one.isHidden()
    )
    button.click()


def test_the_last_category_stays(view: SettingsView) -> None:
    view.store.write("one", cases.set_categories, ["海关通关"])
    press(view.cases_card, "删除：海关通关")
    assert view.store.read(cases.categories) == ["海关通关"]


def test_limits_of_lights_are_kept_and_wrong_ones_are_refused(view: SettingsView) -> None:
    fields = view.cases_card.limits
    assert type_into(fields["yellow_months"], "2")
    assert view.store.read(cases.light_limits).yellow_months == 2
    with pytest.raises(DeskError, match="bad_lights"):
        view.cases_card._on_limit("red_months", 1)
    assert fields["red_months"].text() == "3"
    assert type_into(fields["yellow_months"], "")
    assert fields["yellow_months"].text() == "1"


def test_the_size_chosen_is_kept_at_once(view: SettingsView) -> None:
    view._on_scale("1.5")
    kept = settings_file.load(view.store.workspace.paths.settings)
    assert kept.scale == 1.5
