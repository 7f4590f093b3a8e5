"""The parts of a preview beside its pages: the contents, and the word that it is being made."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtPdf import QPdfBookmarkModel
from PySide6.QtWidgets import (
    QLabel,
    QProgressBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.i18n import t
from desktop_app.ui.pdf_preview.pdf_view import PdfView
from desktop_app.ui.widgets.buttons import button


def contents_of(view: PdfView) -> QTreeView:
    """Return the document's bookmarks as a tree at the left."""
    tree = QTreeView()
    tree.setHeaderHidden(True)
    tree.setAccessibleName(t("trips.preview_contents"))
    tree.setMinimumWidth(150)
    tree.setUniformRowHeights(True)
    tree.setIndentation(12)
    model = QPdfBookmarkModel(tree)
    model.setDocument(view.pdf)
    tree.setModel(model)
    tree.setTextElideMode(Qt.TextElideMode.ElideRight)
    tree.setItemDelegate(_ContentsDelegate(tree))
    return tree


class _ContentsDelegate(QStyledItemDelegate):
    """Gives the lines of the contents the height of other lists."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 28)


class Busy(QWidget):
    """Says that the pages are being made."""

    def __init__(self) -> None:
        super().__init__()
        self._cancel: Callable[[], object] | None = None
        self.text = QLabel()
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(260)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName(t("trips.preview_making"))
        stop = button(t("trips.cancel"), self._on_cancel)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(self.text)
        for widget in (self.bar, stop):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def start(self, text: str, cancel: Callable[[], object]) -> None:
        """Begin at nothing done."""
        self._cancel = cancel
        self.text.setText(text)
        self.bar.setValue(0)

    def show_progress(self, done: float, text: str) -> None:
        """Show how much is done."""
        self.bar.setValue(round(done * 100))
        if text:
            self.text.setText(text)

    def _on_cancel(self) -> None:
        if self._cancel is not None:
            self._cancel()
