"""The window About: the program's name and version, and the licences of all that it is made of."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app import __version__
from desktop_app.i18n import t
from desktop_app.ui.about.parts import Part, parts
from desktop_app.ui.widgets.buttons import label
from desktop_app.ui.widgets.dialogs import Dialog
from desktop_app.ui.widgets.empty_state import IconLabel

_SIZE = QSize(820, 560)
_LIST_WIDTH = 250
_ROW_HEIGHT = 30


class AboutWindow(Dialog):
    """The parts in a list; the one chosen beside it, with its licence in full."""

    def __init__(self, parent: QWidget | None) -> None:
        """Show the program itself first."""
        super().__init__(parent, t("about.title"), _SIZE.width())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading.hide()
        self.body.addLayout(self._head())
        self.body.addSpacing(8)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        self.list = QListWidget()
        self.list.setAccessibleName(t("about.parts"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        columns.addWidget(self.list)
        columns.addLayout(self._side(), 1)
        self.body.addLayout(columns, 1)
        self.copy_button = self.add_button(t("about.copy"), self.copy)
        self.add_button(t("shell.close"), self.accept, "primary", True)
        self._parts = parts()
        for part in self._parts:
            item = QListWidgetItem(part.name)
            item.setToolTip(part.name)
            item.setSizeHint(QSize(_LIST_WIDTH - 20, _ROW_HEIGHT))
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._fit()

    def _fit(self) -> None:
        """Be no larger than the window that opened it."""
        parent = self.parentWidget()
        room = parent.size() if parent is not None else _SIZE
        self.setMinimumWidth(min(_SIZE.width(), room.width()))
        self.resize(_SIZE.boundedTo(room))

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(IconLabel("handshake", 36, "accent"))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(t("shell.app"), "title"))
        self.version = label(t("about.version", version=__version__), "muted", selectable=True)
        words.addWidget(self.version)
        head.addLayout(words, 1)
        return head

    def _side(self) -> QVBoxLayout:
        """Return what stands beside the list."""
        side = QVBoxLayout()
        side.setSpacing(4)
        self.name = label("", "strong", wrap=True, selectable=True)
        self.licence = label("", "muted", wrap=True, selectable=True)
        self.note = label("", "", wrap=True, selectable=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(t("about.text"))
        # Tab goes on: nothing is typed here.
        self.text.setTabChangesFocus(True)
        for widget in (self.name, self.licence, self.note):
            side.addWidget(widget)
        side.addSpacing(6)
        side.addWidget(self.text, 1)
        side.addStretch(0)
        return side

    def _show(self, row: int) -> None:
        """Show the part of a row."""
        part = self._parts[row]
        text = part.text()
        self.name.setText(f"{part.name} {part.version}".strip())
        self.licence.setText(part.licence or t("about.see_text"))
        self.note.setText(part.note or ("" if text else t("about.no_text")))
        self.note.setVisible(bool(self.note.text()))
        self.text.setPlainText(text)
        self.text.setEnabled(bool(text))

    def copy(self) -> None:
        """Put the version and the list of parts on the clipboard."""
        lines = [f"{t('shell.app')} {__version__}", *map(_line, self._parts[1:])]
        QApplication.clipboard().setText("\n".join(lines))


def _line(part: Part) -> str:
    return " · ".join(filter(None, (part.name, part.version, part.licence)))
