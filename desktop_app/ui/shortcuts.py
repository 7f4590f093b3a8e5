"""The list of keys (Ctrl+/): those that hold everywhere, and those of the view shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui.view import Action
from desktop_app.ui.widgets.buttons import label
from desktop_app.ui.widgets.dialogs import Dialog


class ShortcutSheet(Dialog):
    """Two columns of keys and what they do."""

    def __init__(self, parent: QWidget | None, actions: Sequence[Action], view: str) -> None:
        """Show the keys, with those of the view shown."""
        super().__init__(parent, t("shell.shortcuts"), 720)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = QHBoxLayout()
        columns.setSpacing(40)
        self.body.addLayout(columns)
        everywhere = [
            ("Ctrl+K", t("shell.palette")),
            ("Ctrl+F", t("shell.find_in_view")),
            ("Ctrl+N", t("shell.new")),
            ("Enter", t("shell.open")),
            ("Del", t("shell.delete")),
            ("Ctrl+Z", t("shell.undo")),
            ("Ctrl+Y", t("shell.redo")),
            ("Ctrl+1 … 9, 0", t("shell.navigation")),
            ("Ctrl+Shift+N", t("capture.title")),
            ("Ctrl+Shift+D", f"{t('shell.set_theme_light')} / {t('shell.set_theme_dark')}"),
            ("Ctrl+Shift+L", "中文 / English"),
            ("Ctrl+,", t("shell.settings")),
            ("F5", t("sync.now")),
            ("F1", t("shell.guide")),
            ("Ctrl+/", t("shell.shortcuts")),
            ("Ctrl+Q", t("shell.quit")),
        ]
        fields = [
            ("Enter", t("shell.key_commit")),
            ("Esc", t("shell.key_revert")),
            ("Ctrl+Enter", t("shell.key_commit_long")),
        ]
        here = [(action.shortcut, action.text) for action in actions if action.shortcut]
        columns.addLayout(_column([(t("shell.section_everywhere"), everywhere)]), 1)
        right = [(t("shell.section_fields"), fields)]
        if here:
            right.insert(0, (t("shell.section_view", view=view), here))
        columns.addLayout(_column(right), 1)
        self.add_button(t("shell.close"), self.accept, "primary", True).setFocus()


def _column(sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> QVBoxLayout:
    """Return sections of keys below each other."""
    result = QVBoxLayout()
    result.setSpacing(6)
    for title, rows in sections:
        result.addWidget(label(title, "small"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, 104)
        for line, (keys, text) in enumerate(rows):
            face = label(keys.replace("+", " + "))
            font = face.font()
            font.setBold(True)
            face.setFont(font)
            grid.addWidget(face, line, 0)
            grid.addWidget(label(text, "muted"), line, 1)
        result.addLayout(grid)
        result.addSpacing(12)
    result.addStretch(1)
    return result
