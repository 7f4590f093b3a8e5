"""The backups there are: what is in each, and putting one back."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.db.keys import Key
from desktop_app.db.timed_backups import Kept, kept_backups, look_inside
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import language, t
from desktop_app.ui.error_texts import sentence
from desktop_app.ui.widgets.buttons import label
from desktop_app.ui.widgets.dialogs import Dialog


def moment_text(moment: dt.datetime) -> str:
    """Return a moment as this laptop's clock has it."""
    own = moment.astimezone()
    if language() == "zh":
        return f"{own.year}年{own.month}月{own.day}日 {own:%H:%M}"
    return f"{own.day} {own:%b %Y, %H:%M}"


def reason_text(reason: str) -> str:
    """Return why a backup was made."""
    return t(f"backups.reason.{reason}")


class BackupsDialog(Dialog):
    """A list of backups at the left, what is in the chosen one at the right."""

    def __init__(
        self, parent: QWidget, folder: Path, key: Key | None, put_back: Callable[[Path], object]
    ) -> None:
        """Show the backups of a folder.

        Args:
            parent: the window.
            folder: where they are.
            key: of a protected workspace.
            put_back: puts the backup of a path in the data's place, after a question.
        """
        super().__init__(parent, t("backups.title"), 620)
        self._key, self._put_back = key, put_back
        self.found = kept_backups(folder)
        self.add_text(t("backups.hint"), "muted")
        self.list = QListWidget()
        self.list.setAccessibleName(t("backups.title"))
        self.list.setMinimumHeight(280)
        for one in self.found:
            item = QListWidgetItem(f"{moment_text(one.made_at)}\n{reason_text(one.reason)}")
            item.setToolTip(str(one.path))
            self.list.addItem(item)
        self.inside = label("", wrap=True, selectable=True)
        self.inside.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(self.list, 3)
        right = QVBoxLayout()
        right.addWidget(self.inside, 1)
        sides.addLayout(right, 2)
        self.body.addLayout(sides)
        self.add_button(t("shell.close"), self.reject)
        self.go = self.add_button(t("backups.put_back"), self._on_put_back, "danger")
        self.list.currentRowChanged.connect(self._on_chosen)
        self.go.setEnabled(False)
        if self.found:
            self.list.setCurrentRow(0)
        else:
            self.inside.setText(t("backups.none"))
        self.list.setFocus()

    def chosen(self) -> Kept | None:
        """Return the backup chosen."""
        line = self.list.currentRow()
        return self.found[line] if 0 <= line < len(self.found) else None

    def _on_chosen(self, _line: int) -> None:
        one = self.chosen()
        if one is None:
            return
        try:
            found = look_inside(one.path, self._key)
        except DeskError as error:
            self.inside.setText(sentence(error))
            self.go.setEnabled(False)
            return
        changed = moment_text(found.changed_at) if found.changed_at else "—"
        self.inside.setText(
            t(
                "backups.inside",
                leads=found.leads,
                companies=found.companies,
                trips=found.trips,
                follow_ups=found.follow_ups,
                changed=changed,
                size=f"{one.size / 1_000_000:.1f}",
            )
        )
        self.go.setEnabled(True)

    def _on_put_back(self) -> None:
        one = self.chosen()
        if one is not None and self._put_back(one.path):
            self.accept()
