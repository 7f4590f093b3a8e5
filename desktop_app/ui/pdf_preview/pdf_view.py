"""The pages of a PDF one below the other: fit to width, zoom by wheel and keys, page x of y."""

from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.i18n import t
from desktop_app.ui import theme

_STEPS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
# Beyond this a line of text is longer than the eye likes, however wide the window is.
_WIDEST = 1.6


class PdfView(QPdfView):
    """Shows a PDF file; ``moved`` tells when the page in sight or the zoom has altered."""

    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start without a document."""
        super().__init__(parent)
        self.pdf = QPdfDocument(self)
        self.setDocument(self.pdf)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setPageSpacing(14)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(t("trips.preview_pages"))
        self._fitting = True
        self._path: Path | None = None
        self._kept_page = 0
        self.pageNavigator().currentPageChanged.connect(lambda _page: self.moved.emit())
        self.zoomFactorChanged.connect(lambda _factor: self.moved.emit())
        self._paint_surround()

    def load(self, path: Path) -> bool:
        """Show a file from its first page; return False when it can't be read."""
        self._path = None
        if self.pdf.load(str(path)) != QPdfDocument.Error.None_:
            return False
        self._path = path
        if self._fitting:
            self.fit_width()
        self.go_to(0)
        self.moved.emit()
        return True

    def close_file(self) -> None:
        """Let go of the file, so that it may be deleted on Windows too."""
        self._path = None
        self.pdf.close()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._path is not None and not event.spontaneous():
            # Qt crashes when a view is destroyed whose open document is still being painted.
            self._kept_page = self.page()
            self.pdf.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._path is not None and not self.page_count():
            self.pdf.load(str(self._path))
            self.go_to(self._kept_page)

    def page_count(self) -> int:
        """Return how many pages there are."""
        return self.pdf.pageCount()

    def page(self) -> int:
        """Return the page in sight, counted from 0."""
        return self.pageNavigator().currentPage() if self.page_count() else self._kept_page

    def go_to(self, page: int) -> None:
        """Bring the top of a page into sight."""
        if 0 <= page < self.page_count():
            self.pageNavigator().jump(page, QPointF(), 0)

    def fit_width(self) -> None:
        """Let a page be as wide as the view, now and when the view is resized."""
        self._fitting = True
        points = self.pdf.pagePointSize(0).width() if self.page_count() else 0
        if points <= 0:
            return
        dots = self.logicalDpiX() / 72
        margins = self.documentMargins()
        bar = self.verticalScrollBar().sizeHint().width()
        free = self.width() - bar - margins.left() - margins.right() - 16
        self._set_factor(max(0.25, min(free / (points * dots), _WIDEST)))

    def is_fitting(self) -> bool:
        """Say whether the width is kept fitted."""
        return self._fitting

    def zoom_by(self, steps: int) -> None:
        """Take the next larger (+1) or smaller (-1) zoom step."""
        self._fitting = False
        now = self.zoomFactor()
        larger = [s for s in _STEPS if s > now + 0.01]
        smaller = [s for s in _STEPS if s < now - 0.01]
        if steps > 0 and larger:
            self._set_factor(larger[0])
        elif steps < 0 and smaller:
            self._set_factor(smaller[-1])
        self.moved.emit()

    def _set_factor(self, factor: float) -> None:
        """Zoom and keep the page in sight in sight."""
        page = self.page()
        self.setZoomMode(QPdfView.ZoomMode.Custom)
        if abs(factor - self.zoomFactor()) > 0.001:
            self.setZoomFactor(factor)
            if page > 0:
                self.go_to(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting:
            self.fit_width()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(self.page_count() - 1)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._paint_surround()

    def _paint_surround(self) -> None:
        """Let the surround follow the theme; the paper stays white."""
        palette = self.palette()
        # QPdfView fills around its pages with the palette's Dark.
        if palette.color(QPalette.ColorRole.Dark) != theme.color("second"):
            palette.setColor(QPalette.ColorRole.Dark, theme.color("second"))
            self.setPalette(palette)
