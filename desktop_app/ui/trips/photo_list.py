"""The photos of a trip or a meeting: attached by a button, each with what stands under it."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.services import attachments, trip_photos
from desktop_app.ui.error_texts import sentence
from desktop_app.ui.widgets.buttons import button, icon_button, label
from desktop_app.ui.widgets.text_fields import TextField

if TYPE_CHECKING:
    from desktop_app.ui.store import Store
    from desktop_app.ui.view import ShellActions

_NAME_WIDTH = 104
_PATTERNS = "*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.gif"


class PhotoList(QWidget):
    """One line a picture: its name, its caption, a button to take it off."""

    captioned = Signal(str, object)
    removed = Signal(str)
    attach_wanted = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.captions: dict[str, TextField] = {}
        self._lines: dict[str, QWidget] = {}
        self._empty = label(t("trips.photos_none"), "muted", wrap=True)
        self._layout.addWidget(self._empty)
        self.attach = button(t("trips.photo_attach"), self.attach_wanted.emit, "paperclip", "link")
        self._layout.addWidget(self.attach, 0, Qt.AlignmentFlag.AlignLeft)

    def set_photos(self, files: Sequence[Mapping[str, Any]]) -> None:
        """Show the pictures among some attachments; a caption being typed stays."""
        photos = [f for f in files if str(f["media_type"] or "").startswith("image/")]
        known = {str(photo["id"]) for photo in photos}
        for key in [key for key in self._lines if key not in known]:
            line = self._lines.pop(key)
            del self.captions[key]
            line.hide()
            line.deleteLater()
        for photo in photos:
            key = str(photo["id"])
            if key not in self._lines:
                self._lines[key] = self._line(key, str(photo["name"] or ""))
                self._layout.insertWidget(self._layout.count() - 1, self._lines[key])
            self.captions[key].set_value(photo["caption"])
        self._empty.setVisible(not photos)

    def _line(self, key: str, name: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        shown = label("")
        shown.setFixedWidth(_NAME_WIDTH)
        elide = Qt.TextElideMode.ElideMiddle
        shown.setText(shown.fontMetrics().elidedText(name, elide, _NAME_WIDTH))
        shown.setToolTip(name)
        caption = TextField(t("trips.photo_caption", name=name), t("trips.photo_caption_hint"))
        caption.edited.connect(partial(self.captioned.emit, key))
        self.captions[key] = caption
        row.addWidget(shown)
        row.addWidget(caption, 1)
        remove = t("trips.photo_remove", name=name)
        row.addWidget(icon_button("x", remove, partial(self.removed.emit, key)))
        return line


class PhotoVerbs:
    """Writes what is done in a list of photos; ``owner`` names the record shown."""

    def __init__(
        self, photos: PhotoList, store: "Store", shell: "ShellActions", table: str, owner: Any
    ) -> None:
        """Listen to a list of photos; ``owner`` returns the record's id."""
        self._photos, self._store, self._shell = photos, store, shell
        self._table, self._owner = table, owner
        photos.captioned.connect(self._caption)
        photos.removed.connect(self._remove)
        photos.attach_wanted.connect(self._attach)

    def show(self) -> None:
        """Show the photos of the record."""
        self._photos.set_photos(
            self._store.read(trip_photos.pictures_of, self._table, self._owner())
        )

    def _caption(self, key: str, caption: object) -> None:
        self._store.write(t("trips.undo_caption"), trip_photos.set_caption, key, caption)

    def _remove(self, key: str) -> None:
        self._store.write(t("trips.undo_remove_photo"), attachments.delete_attachment, key)
        self._shell.toast(t("trips.undo_remove_photo"), undo=True)

    def _attach(self) -> None:
        patterns = f"{t('trips.photo_files')} ({_PATTERNS})"
        path: Path | None = self._shell.choose_file(t("trips.photo_attach"), patterns)
        if path is not None:
            self.attach(path)

    def attach(self, path: Path) -> None:
        """Keep a picture, or any other file, with the record shown."""
        try:
            kept = attachments.keep_file(self._store.workspace.paths.files, path)
        except DeskError as error:
            self._shell.toast(sentence(error))
            return
        name = t("trips.undo_attach_photo", name=kept.name)
        self._store.write(name, attachments.add_attachment, self._table, self._owner(), kept)
