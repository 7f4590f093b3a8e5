"""One field for anything: what it is taken for is shown below, can be corrected, and is kept."""

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut

from desktop_app.domain.errors import DeskError
from desktop_app.exchange import quick_capture
from desktop_app.exchange.quick_capture import CONTACT, FOLLOW_UP, KINDS, NOTE, Candidate
from desktop_app.i18n import t
from desktop_app.ui import background
from desktop_app.ui.error_texts import sentence
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.widgets.buttons import SegmentedControl, label
from desktop_app.ui.widgets.dialogs import Dialog
from desktop_app.ui.widgets.field_grid import FieldGrid, commit_all
from desktop_app.ui.widgets.popup_fields import DateField, Option, RecordField
from desktop_app.ui.widgets.text_fields import LongTextField, TextField

if TYPE_CHECKING:
    from desktop_app.ui.shell import MainWindow

# So long after the last key the text is read again.
_PAUSE_MS = 250
_PICTURES = "JPEG, PNG, WebP (*.jpg *.jpeg *.png *.webp)"
_PERSON = ("name", "name_zh", "company", "title", "email", "phone", "mobile", "wechat")


class CaptureDialog(Dialog):
    """Takes a line, an e-mail, a signature or a chat; Ctrl+Enter keeps it."""

    def __init__(self, window: "MainWindow", text: str = "") -> None:
        """Begin with a text, such as what a card was read as, or with an empty field."""
        super().__init__(window, t("capture.title"), 620)
        self._window, self._store = window, window.store
        self.setAcceptDrops(True)
        self._find = RecordFinder(window.store)
        self._candidates: list[Candidate] = []
        # What a person set by hand is not guessed again.
        self._touched: set[str] = set()
        self.text = LongTextField(t("capture.text"), t("capture.hint"), lines=4, inplace=False)
        self.body.addWidget(self.text)
        self.kind = SegmentedControl(
            [(kind, t(f"capture.kind_{kind}")) for kind in KINDS], t("capture.kind")
        )
        self.body.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        self._make_fields()
        self.problem = label("", "bad", wrap=True)
        self.body.addWidget(self.problem)
        self.card = self.add_button(t("capture.card"), self.choose_card)
        self.add_button(t("shell.cancel"), self.reject)
        self.go = self.add_button(t("capture.keep"), self.keep, "primary", True)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.keep)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.read)
        self.text.textChanged.connect(lambda: self._pause.start(_PAUSE_MS))
        self.kind.chosen.connect(self._on_kind)
        self.kind.set_value(NOTE)
        self._show_kind(NOTE)
        if text:
            self.text.setPlainText(text)
            self.read()
        self.text.setFocus()

    def _make_fields(self) -> None:
        grid = self._grid = FieldGrid()
        self.lead = RecordField(t("words.field.lead_id"), self._leads, inplace=False)
        self.title = TextField(t("capture.what"), inplace=False)
        self.due = DateField(t("words.field.due_on"), inplace=False)
        self.fields: dict[str, Any] = {"lead": self.lead, "title": self.title, "due": self.due}
        for name, key in (("lead", "words.field.lead_id"), ("title", "capture.what"),
                          ("due", "words.field.due_on")):  # fmt: skip
            grid.add(t(key), self.fields[name])
        self.person: dict[str, TextField] = {}
        for name in _PERSON:
            text = t("words.field.title_contact" if name == "title" else f"words.field.{name}")
            self.person[name] = TextField(text, inplace=False)
            self.fields[f"person.{name}"] = self.person[name]
            grid.add(text, self.person[name])
        for name, field in self.fields.items():
            field.edited.connect(partial(self._on_touched, name))
        self.body.addWidget(grid)

    def _leads(self, text: str) -> list[Option]:
        """Return the leads for a text; without one those guessed."""
        if text:
            return list(self._find("lead", text))
        return [Option(one.lead_id, one.company, one.title) for one in self._candidates]

    def _on_touched(self, name: str, _value: object) -> None:
        self._touched.add(name)

    def _on_kind(self, kind: str) -> None:
        self._touched.add("kind")
        self._show_kind(kind)

    def _show_kind(self, kind: str) -> None:
        """Show the fields of a kind."""
        shown = {
            CONTACT: {f"person.{name}" for name in _PERSON},
            FOLLOW_UP: {"lead", "title", "due"},
            NOTE: {"lead"},
        }[kind]
        for name, field in self.fields.items():
            self._grid.set_shown(field, name in shown)
        self.adjustSize()

    def read(self) -> None:
        """Take the text for something, unless a person said what it is."""
        self.problem.setText("")
        found = self._store.look(
            quick_capture.read_capture, self.text.toPlainText(), dt.date.today()
        )
        self._candidates = found.candidates
        first = found.candidates[0] if found.candidates else None
        guesses: dict[str, Any] = {"title": found.title, "due": found.due_on}
        guesses |= {f"person.{name}": getattr(found.person, name) or None for name in _PERSON}
        for name, value in guesses.items():
            if name not in self._touched:
                self.fields[name].set_value(value)
        if "lead" not in self._touched:
            self.lead.set_record(
                first.lead_id if first else None,
                " · ".join(part for part in (first.company, first.title) if part) if first else "",
            )
        if "kind" not in self._touched:
            self.kind.set_value(found.kind)
            self._show_kind(found.kind)

    def choose_card(self) -> None:
        """Ask for the photo of a card and read it."""
        path = self._window.choose_file(t("capture.card_title"), _PICTURES)
        if path is not None:
            self.read_card(path)

    def read_card(self, path: Path) -> None:
        """Read the photo of a card in the background; its text stands in the field to confirm."""
        from desktop_app.exchange.card_photo import read_card

        self.problem.setText("")

        def failed(error: Exception) -> None:
            self.card.setEnabled(True)
            if not isinstance(error, DeskError):
                raise error
            self.problem.setText(sentence(error))

        def done(text: str) -> None:
            self.card.setEnabled(True)
            self.text.setPlainText(text)
            self.kind.set_value(CONTACT)
            self._on_kind(CONTACT)
            self.read()

        self.card.setEnabled(False)
        background.run(lambda _job: read_card(path), done, failed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if urls:
            self.read_card(Path(urls[0].toLocalFile()))

    def keep(self) -> None:
        """Keep what stands in the fields as a record, and offer to take it back."""
        if self._pause.isActive():
            self._pause.stop()
            self.read()
        if not commit_all(self._grid):
            return
        kind = self.kind.value()
        try:
            record_kind, record_id = self._keep(kind)
        except DeskError as error:
            self.problem.setText(sentence(error))
            return
        self.accept()
        self._window.toast_action(
            t(f"capture.kept_{kind}"),
            t("reminders.open"),
            partial(self._window.open_record, record_kind, record_id),
        )

    def _keep(self, kind: str) -> tuple[str, str]:
        """Write the record; return its kind and id."""
        store, today = self._store, dt.date.today()
        name = t(f"capture.do_{kind}")
        if kind == FOLLOW_UP:
            made = store.write(
                name, quick_capture.keep_follow_up, self.title.value() or "", self.due.value(),
                self.lead.value(), self._window.me,
            )  # fmt: skip
            return "follow-ups", made
        if kind == NOTE:
            text = self.text.toPlainText()
            return "leads", store.write(
                name, quick_capture.keep_note, text, self.lead.value(), today
            )
        fields = {key: field.value() for key, field in self.person.items()}
        made = store.write(
            name, quick_capture.keep_contact, self._company(fields.get("company")), fields
        )
        return "contacts", made

    def _company(self, name: str | None) -> str | None:
        """Return the id of the company of this name, or of the one that was guessed."""
        if name:
            same = [one for one in self._find("company", name) if one.text == name]
            if same:
                return same[0].id
        guessed = self._candidates[0] if self._candidates else None
        if guessed is not None and (not name or guessed.score >= 90):
            return guessed.company_id
        return None
