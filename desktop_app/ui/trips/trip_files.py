"""The files kept with a trip or a meeting, such as papers: opened by a click, taken off."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.services import attachments
from desktop_app.services.lead_reading import files_of
from desktop_app.ui.error_texts import sentence
from desktop_app.ui.leads.files_tab import FilesTab
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import label


class TripFiles(QWidget):
    """A heading and a line a file; nothing at all while there is none."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(label(t("papers.files"), "small"))
        self.list = FilesTab(adding=False)
        layout.addWidget(self.list)
        self.hide()

    def set_files(self, files: Sequence[Mapping[str, Any]]) -> None:
        """Show the attachments that are no pictures: those have a list of their own."""
        others = [f for f in files if not str(f["media_type"] or "").startswith("image/")]
        self.list.set_files(others)
        self.setVisible(bool(others))


class FileVerbs:
    """What is done in the list of a record's files; ``show`` reads it."""

    def __init__(
        self, files: TripFiles, store: Store, shell: ShellActions, table: str = "trip"
    ) -> None:
        """Listen to the list of the files of records of a table."""
        self._files, self._store, self._shell, self._table = files, store, shell, table
        self._rows: dict[str, dict[str, Any]] = {}
        files.list.opened.connect(self._open)
        files.list.removed.connect(self._remove)

    def show(self, record_id: str) -> None:
        """Show the files of a record."""
        found = self._store.read(files_of, self._table, record_id)
        self._rows = {one["id"]: one for one in found}
        self._files.set_files(found)

    def _open(self, key: str) -> None:
        one = self._rows[key]
        folder = Path(tempfile.gettempdir()) / "invest-desk-files"
        kept_in = self._store.workspace.paths.files
        try:
            copy = attachments.copy_to_open(kept_in, folder, one["sha256"], one["name"])
        except DeskError as error:
            self._shell.toast(sentence(error))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def _remove(self, key: str) -> None:
        name = t("papers.undo_remove", name=self._rows[key]["name"])
        self._store.write(name, attachments.delete_attachment, key)
        self._shell.toast(name, undo=True)
