"""Every kind of record opens in its own view, is named, and has an icon, wherever it is listed."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.services import records
from desktop_app.services.recent import recent_steps
from desktop_app.services.record_texts import model_of
from desktop_app.services.search import search_records
from desktop_app.services.titles import record_title
from desktop_app.sync.incoming import Incoming
from desktop_app.ui.palette import Palette
from desktop_app.ui.screenshot import settle
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.sync.incoming_panel import IncomingLine
from desktop_app.ui.views import ICONS, VIEW_OF_KIND
from tests.demo_folder import demo_folder
from tests.ui.shown_window import shown_window

# Of which record a part is, by its column; it is opened there.
PARENT = {
    "dispatch-items": "dispatch_meeting",
    "approval-services": "approval",
    "event-companies": "event",
    "squad-members": "squad",
}
# What is altered of those without notes.
FIELD = {"squad-members": "role", "dispatch-items": "decision"}
KINDS = (
    "cases", "dispatch-meetings", "dispatch-items", "approvals", "approval-services", "facilities",
    "capital-receipts", "events", "event-companies", "squads", "squad-members",
)  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_folder(tmp_path_factory.mktemp("window"), leads=40)


@pytest.fixture(scope="module")
def window(filled: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with shown_window(qapp, filled, "zh", (1440, 900)) as shown:
        yield shown


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_opens_in_its_view_and_is_selected(window: MainWindow, kind: str) -> None:
    found = window.store.read(records.list_records, kind)
    assert found, "the demonstration team has such records"
    # Not the first, which may be selected without having been asked for.
    for one in (found[-1], found[len(found) // 2]):
        window.open_record(kind, one["id"])
        settle()
        view = window.view(VIEW_OF_KIND[kind])
        assert window.stack.currentWidget() is view
        assert view.selected_id() == one[PARENT.get(kind, "id")]
        assert window.store.read(record_title, model_of(kind).__tablename__, one["id"])


@pytest.mark.parametrize("kind", KINDS)
def test_what_somebody_did_to_a_record_is_a_recent_change(window: MainWindow, kind: str) -> None:
    one = window.store.read(records.list_records, kind)[-1]
    fields: dict[str, Any] = {FIELD.get(kind, "notes"): f"看过了{kind}"}
    window.store.write("x", records.update, kind, one["id"], **fields)
    step = window.store.read(recent_steps, 1)[0]
    assert (step.kind, step.record_id) == (kind, one["id"])
    assert step.name
    assert ICONS[VIEW_OF_KIND[step.kind]]


def test_what_the_palette_finds_has_an_icon_and_a_place(window: MainWindow, qtbot: QtBot) -> None:
    for kind in ("cases", "approvals", "dispatch-meetings", "events", "squads"):
        one = window.store.read(records.list_records, kind)[-1]
        name = str(one.get("title") or one.get("name"))
        hits = window.store.read(search_records, name)
        assert kind in {hit.kind for hit in hits}, kind
        palette = Palette(window, [])
        qtbot.addWidget(palette)
        palette.field.setText(name)
        palette.search()
        found = [line for line in palette._model.lines if line.text in {h.title for h in hits}]
        assert {line.icon for line in found} <= set(ICONS.values()) | {"handshake"}
        assert ICONS[VIEW_OF_KIND[kind]] in {line.icon for line in found}
        palette.close()


@pytest.mark.parametrize("kind", KINDS)
def test_what_came_in_of_a_kind_can_be_opened(window: MainWindow, qtbot: QtBot, kind: str) -> None:
    table = model_of(kind).__tablename__
    row = window.store.read(records.list_records, kind)[-1]["id"]
    title = window.store.read(record_title, table, row)
    came = Incoming("李强", table, kind, row, title, dt.datetime.now(dt.UTC), False, False, {})
    line = IncomingLine(came, "")
    qtbot.addWidget(line)
    assert line.can_open
    assert line.accessibleName().strip() == title.strip()
