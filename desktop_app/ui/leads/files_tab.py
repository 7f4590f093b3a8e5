"""The files kept with a lead: attached by a button or by dropping them, opened by a click."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n import language, t
from desktop_app.ui.leads.contacts_tab import _get
from desktop_app.ui.leads.parts import clear
from desktop_app.ui.widgets.buttons import button, icon_button, label


class FilesTab(QWidget):
    """One line a file."""

    opened = Signal(str)
    removed = Signal(str)
    attach_wanted = Signal()

    def __init__(self, adding: bool = True) -> None:
        """Start empty; ``adding`` offers to attach another one."""
        super().__init__()
        self._adding = adding
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.setSpacing(2)

    def set_files(self, files: Sequence[Any]) -> None:
        """Show the attachments of a lead."""
        clear(self._layout)
        for one in files:
            self._layout.addWidget(self._line(one))
        if not self._adding:
            return
        if not files:
            self._layout.addWidget(label(t("leads.files.empty"), "muted", wrap=True))
        attach = button(t("leads.files.attach"), self.attach_wanted.emit, "paperclip", "link")
        self._layout.addWidget(attach, 0, Qt.AlignmentFlag.AlignLeft)

    def _line(self, one: Any) -> QWidget:
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(8)
        rows.addLayout(row)
        record_id, name = _get(one, "id"), _get(one, "name")
        row.addWidget(
            button(shorten(name), lambda: self.opened.emit(record_id), "file-text", "link", name)
        )
        row.addStretch(1)
        locale = QLocale("zh_CN" if language() == "zh" else "en_GB")
        size = _get(one, "size")
        row.addWidget(label(locale.formattedDataSize(int(size)) if size else "", "small"))
        remove = t("leads.files.remove", name=name)
        row.addWidget(icon_button("x", remove, lambda: self.removed.emit(record_id)))
        if caption := _get(one, "caption"):
            note = label(caption, "small", wrap=True)
            note.setContentsMargins(27, 0, 0, 4)
            rows.addWidget(note)
        return whole


def shorten(name: str, most: int = 34) -> str:
    """Return a file name with its middle left out where it is long; the ending stays."""
    if len(name) <= most:
        return name
    tail = Path(name).suffix[-8:]
    return name[: most - len(tail) - 1] + "…" + tail
