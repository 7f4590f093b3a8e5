"""The preview of a document: its pages, a table of contents, and what can be done with it."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtPdf import QPdfBookmarkModel
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QWidget,
)

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.services.whole_file import write_whole
from desktop_app.ui.pdf_preview.pdf_parts import Busy, contents_of
from desktop_app.ui.pdf_preview.pdf_print import print_document
from desktop_app.ui.pdf_preview.pdf_view import PdfView
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import ToolRow, button, column, icon_button, label, panel, row
from desktop_app.ui.widgets.empty_state import EmptyState

# From this width on, there is room for the contents and for words beside the controls.
_ROOMY = 1000
logger = logging.getLogger(__name__)


class PdfPreview(QWidget):
    """Shows one PDF file with contents, zoom, save, print; ``closed`` when it is left."""

    closed = Signal()

    def __init__(self, shell: ShellActions) -> None:
        """Start empty; ``show_file`` gives it a document."""
        super().__init__()
        self._shell = shell
        self._path: Path | None = None
        self._exported: Path | None = None
        self.save_name = "document.pdf"
        self._tools_added = 0
        self.view = PdfView(self)
        self._build_tools()
        self._contents = contents_of(self.view)
        self._contents.clicked.connect(self._on_contents)
        self._contents.activated.connect(self._on_contents)
        self._stack = QStackedWidget()
        self._busy = Busy()
        self._problem = EmptyState(t("trips.preview_failed"), icon_name="triangle-alert")
        for page in (self.view, self._busy, self._problem):
            self._stack.addWidget(page)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for part in (self._contents, self._stack):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([200, 900])
        self._splitter.setChildrenCollapsible(False)
        self._contents.hide()
        layout = column(self)
        layout.addWidget(self.tools)
        layout.addWidget(self.bar)
        layout.addWidget(self._splitter, 1)
        self.view.moved.connect(self._show_position)
        self._add_shortcuts()
        self._show_position()

    def _build_tools(self) -> None:
        self.tools = ToolRow()
        back = icon_button("chevron-left", t("trips.preview_back"), self.closed.emit)
        self.tools.layout().insertWidget(0, back)  # type: ignore[union-attr]
        self.position = label("", "muted")
        self.zoom_text = label("", "muted")
        self.zoom_text.setFixedWidth(44)
        self.zoom_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        smaller = icon_button("zoom-out", t("trips.zoom_out"), lambda: self.view.zoom_by(-1))
        larger = icon_button("zoom-in", t("trips.zoom_in"), lambda: self.view.zoom_by(1))
        fit = icon_button("move-horizontal", t("trips.fit_width"), self._fit)
        self._print = icon_button("printer", t("trips.print"), self.print, "secondary")
        self._folder = icon_button(
            "folder-open", t("trips.open_folder"), self.open_folder, variant="secondary"
        )
        self._save = button(t("trips.save_pdf"), self.save, "download", "primary")
        self.tools.add_right(self._folder, self._print, self._save)
        self._folder.hide()
        self.bar = panel("tools")
        self.bar.setFixedHeight(44)
        self._bar = row(self.bar, spacing=4)
        self._bar.setContentsMargins(16, 0, 12, 0)
        self._bar.addStretch(1)
        for widget in (self.position, smaller, self.zoom_text, larger, fit):
            self._bar.addWidget(widget)

    def add_tool(self, widget: QWidget) -> None:
        """Put a widget of the caller at the left of the second row, such as a choice."""
        self._bar.insertWidget(self._tools_added, widget)
        self._tools_added += 1

    def add_toggle(self, widget: QWidget) -> None:
        """Put a widget of the caller at the right end of the second row."""
        self._bar.addWidget(widget)

    def add_side(self, widget: QWidget) -> None:
        """Put a widget of the caller at the right of the pages."""
        self._splitter.addWidget(widget)
        self._splitter.setSizes([190, 900, 264])

    def _add_shortcuts(self) -> None:
        for keys, slot in self.own_keys():
            shortcut = QShortcut(QKeySequence(keys), self, slot)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def own_keys(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the keys that hold while the cursor is in the preview."""
        return [
            ("Ctrl+P", self.print),
            ("Ctrl+S", self.save),
            ("Esc", self.closed.emit),
            ("Ctrl+0", self._fit),
        ]

    def set_title(self, title: str, save_name: str = "") -> None:
        """Name the document; ``save_name`` is proposed when it is saved."""
        self.tools.title.setText(title)
        self.save_name = save_name or f"{title}.pdf"

    def show_file(self, path: Path) -> None:
        """Show a PDF file, or say that it can't be read."""
        page = self.view.page() if self._path else 0
        self._path = path
        if not self.view.load(path):
            self.show_problem(t("trips.preview_unreadable"))
            return
        # The same document in another language opens where the reader was.
        self.view.go_to(min(page, self.view.page_count() - 1))
        self._stack.setCurrentWidget(self.view)
        model = self._contents.model()
        self._contents.setVisible(model.rowCount() > 1 and self.width() >= _ROOMY)
        self._contents.expandToDepth(0)
        self._enable(True)
        self._show_position()

    def show_busy(self, text: str, cancel: Callable[[], object]) -> None:
        """Show that the document is being made, with a way to cancel."""
        self._busy.start(text, cancel)
        self._stack.setCurrentWidget(self._busy)
        self._enable(False)

    def show_progress(self, done: float, text: str = "") -> None:
        """Show how much is done, 0 to 1."""
        self._busy.show_progress(done, text)

    def show_problem(self, text: str) -> None:
        """Say why there are no pages."""
        self._problem.hint.setText(text)
        self._problem.hint.setVisible(bool(text))
        self._stack.setCurrentWidget(self._problem)
        self._enable(False)

    def set_retry(self, text: str, callback: Callable[[], object]) -> None:
        """Offer a way out where there are no pages."""
        if not self._problem.buttons:
            self._problem.add_button(text, callback)

    def forget(self) -> None:
        """Let go of the file."""
        self._path = None
        self.view.close_file()
        self._contents.hide()

    def _enable(self, ready: bool) -> None:
        self._print.setEnabled(ready)
        self._save.setEnabled(ready)
        if not ready:
            self._contents.hide()
            self.position.clear()

    def _fit(self) -> None:
        self.view.fit_width()
        self._show_position()

    def _show_position(self) -> None:
        count = self.view.page_count()
        ready = count > 0 and self._stack.currentWidget() is self.view
        page = self.view.page() + 1
        text = t("trips.page_of", page=page, pages=count) if ready else ""
        short = f"{page} / {count}" if ready else ""
        self.position.setText(text if self.width() >= _ROOMY else short)
        self.position.setToolTip(text)
        self.zoom_text.setText(f"{round(self.view.zoomFactor() * 100)}%")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_position()

    def _on_contents(self, index: QModelIndex) -> None:
        page = index.data(QPdfBookmarkModel.Role.Page.value)
        if isinstance(page, int):
            self.view.go_to(page)

    def save(self) -> None:
        """Ask where to, and write the file there."""
        if self._path is None or not self._save.isEnabled():
            return
        target = self._shell.choose_file(t("trips.save_pdf"), "PDF (*.pdf)", self.save_name)
        if target is None:
            return
        if target.suffix.lower() != ".pdf":
            target = target.with_name(f"{target.name}.pdf")
        self.write_to(target, self._path)

    def write_to(self, target: Path, source: Path) -> bool:
        """Write the file whole or not at all; say so, and return whether it is there."""
        try:
            write_whole(target, source.read_bytes())
        except (OSError, DeskError) as error:
            logger.warning("Not saved: %s", error)
            self._shell.toast(t("papers.not_saved", name=target.name))
            return False
        self._exported = target
        self._folder.show()
        self.tell_saved(target)
        return True

    def tell_saved(self, target: Path) -> None:
        """Say where the file is."""
        self._shell.toast(t("trips.saved_to", name=target.name))

    def open_folder(self) -> None:
        """Open the folder of the saved file in the system's file manager."""
        if self._exported is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._exported.parent)))

    def print(self) -> None:
        """Print by the system's dialog."""
        if (
            self._path is not None
            and self._print.isEnabled()
            and print_document(self.view.pdf, self.tools.title.text(), self)
        ):
            self._shell.toast(t("trips.printed"))


def file_preview(shell: ShellActions, path: Path, title: str) -> PdfPreview:
    """Return a preview of a file that is already there."""
    result = PdfPreview(shell)
    result.set_title(title, path.name)
    result.show_file(path)
    return result
