"""From the desk to the year in a real window, and from a record behind a figure to its view."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.ui.desk.desk_parts import FigureCard
from desktop_app.ui.figures.figures_view import FiguresView
from desktop_app.ui.screenshot import settle
from tests.demo_folder import demo_folder
from tests.ui.shown_window import shown_window


def test_a_figure_of_the_desk_opens_its_records(qapp: QApplication, tmp_path: Path) -> None:
    folder = demo_folder(tmp_path / "w", 40)
    with shown_window(qapp, folder, "zh", (1280, 720)) as window:
        window.show_view("desk")
        settle()
        cards = window.view("desk").findChildren(FigureCard)
        shown = cards[2].accessibleName()
        QTest.mouseClick(cards[2], Qt.MouseButton.LeftButton)
        settle()
        view = window.view("figures")
        assert isinstance(view, FiguresView)
        assert view.isVisible()
        assert view.selected_id() == "visits_and_events"
        figure = view.list.rows["visits_and_events"].figure
        assert figure is not None
        assert f" {figure.value} " in shown, "both count up to today"
        view.open_selected()
        QTest.keyClick(view.pane.records.table, Qt.Key.Key_Return)
        settle()
        assert not view.isVisible(), "the record is shown in its own view"
