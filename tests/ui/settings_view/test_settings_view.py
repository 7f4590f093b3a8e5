"""The settings in a real window: what is typed is kept for the team, what is emptied is default."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app import settings as settings_file
from desktop_app.db.workspace import Workspace
from desktop_app.services import rates
from desktop_app.settings import Settings
from desktop_app.ui.settings_view.rates_card import RateField
from desktop_app.ui.settings_view.settings_view import SettingsView
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.store import Store


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


def type_into(field: RateField, text: str) -> bool:
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


def test_the_size_chosen_is_kept_at_once(view: SettingsView) -> None:
    view._on_scale("1.5")
    kept = settings_file.load(view.store.workspace.paths.settings)
    assert kept.scale == 1.5
