"""The place of a preview in a view: at the right of the data, or over the whole width."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from desktop_app.i18n import t
from desktop_app.ui.view import Action, View

if TYPE_CHECKING:
    from desktop_app.ui.papers.paper_preview import PaperPreview

# Below the second, the width of the view, data and pages side by side would both be too narrow.
_WIDTHS = (384, 960)


class PaperPlace(QObject):
    """Holds the preview of a view; the view arranges its own parts beside it."""

    def __init__(
        self,
        view: View,
        data: QWidget,
        arrange: Callable[[], object],
        lead_to: Callable[[str, str, str], object],
        begin: Callable[[], object],
        widths: tuple[int, int] = _WIDTHS,
    ) -> None:
        """Stand beside ``data``.

        Args:
            view: the view.
            data: what all of the view is in while there is no preview.
            arrange: lets the view show or hide its parts, as ``shown`` says.
            lead_to: shows a record (kind, id, field) in the view or elsewhere.
            begin: opens the view's first paper, for Ctrl+P without a preview.
            widths: what the data takes beside a paper, and from which width of the view on.
        """
        super().__init__(view)
        self._view, self._data = view, data
        self._arrange, self._lead_to, self._begin = arrange, lead_to, begin
        self._data_width, self._narrowest = widths
        self.preview: PaperPreview | None = None
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(data)
        shortcut = QShortcut(QKeySequence("Ctrl+P"), view, self.print)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        view.installEventFilter(self)

    def shown(self) -> bool:
        """Say whether a preview is open."""
        return self.preview is not None

    def name(self) -> str:
        """Return the name of the paper that is open, empty without one."""
        return self.preview.name if self.preview is not None else ""

    def open(self, name: str, record_id: str = "") -> None:
        """Make and show a paper."""
        if self.preview is None:
            # What shows PDFs is loaded with the first paper, not with the window.
            from desktop_app.ui.papers.paper_preview import PaperPreview

            self.preview = PaperPreview(self._view.store, self._view.shell)
            self.preview.closed.connect(self.close)
            self.preview.record_asked.connect(self.lead_to)
            self.preview.width_asked.connect(lambda _wide: self._fit())
            self.splitter.addWidget(self.preview)
            self.splitter.setStretchFactor(0, 0)
            self.splitter.setStretchFactor(1, 1)
            self._arrange()
            self._fit()
            # Once the parts of the view that are hidden now take no room any more.
            QTimer.singleShot(0, self, self._share)
        self.preview.show_paper(name, record_id)
        self.preview.view.setFocus()

    def close(self) -> None:
        """Leave the preview; nothing of it stays on the disk."""
        if self.preview is None:
            return
        preview, self.preview = self.preview, None
        preview.leave()
        preview.hide()
        preview.setParent(None)
        preview.deleteLater()
        self._data.show()
        self._arrange()

    def lead_to(self, kind: str, record_id: str, field: str) -> None:
        """Show what is missing beside the pages, or in their place where there is no room."""
        if self.preview is not None:
            if self._wide_enough():
                self.preview.wide.setChecked(False)
            elif self._view.width():
                self.close()
        self._lead_to(kind, record_id, field)

    def print(self) -> None:
        """Print the paper shown; without one, open the view's first."""
        if self.preview is None:
            self._begin()
        else:
            self.preview.print()

    def actions(self) -> list[Action]:
        """Return what the keys of the place do."""
        return [Action(t("papers.print"), self.print, "printer", "Ctrl+P")]

    def _share(self) -> None:
        """Give the data its column and the pages the rest."""
        width = self._view.width()
        self.splitter.setSizes([self._data_width, width - self._data_width])

    def _wide_enough(self) -> bool:
        return self._view.width() >= self._narrowest

    def _fit(self) -> None:
        """Show the data where there is room and it is wanted."""
        if self.preview is None:
            return
        self.preview.wide.setEnabled(self._wide_enough())
        beside = self._wide_enough() and not self.preview.wide.isChecked()
        self._data.setVisible(beside)
        # The data beside the pages says whose they are.
        self.preview.show_subject(not beside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)
