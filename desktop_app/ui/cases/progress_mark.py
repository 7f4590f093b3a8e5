"""A case's progress painted against its plan."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n import t
from desktop_app.ui import theme

_HEIGHT, _TRACK = 16, 6


class ProgressMark(QWidget):
    """A bar filled as far as the work is, with a mark where it should be by now."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._progress: int | None = None
        self._planned: int | None = None
        self._role = "accent"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_progress(self, progress: int | None, planned: int | None, role: str) -> None:
        """Show how far the work is and should be, in percent, in a colour."""
        self._progress, self._planned, self._role = progress, planned, role
        said = t("cases.progress_unknown" if progress is None else "cases.progress", n=progress)
        if planned is not None:
            said = t("cases.against_plan", progress=said, n=planned)
        self.setToolTip(said)
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = self.width() - 2.0
        track = QRectF(1, (_HEIGHT - _TRACK) / 2, width, _TRACK)
        painter.setBrush(QColor(theme.color("line")))
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        if self._progress:
            track.setWidth(max(_TRACK, width * min(self._progress, 100) / 100))
            painter.setBrush(QColor(theme.color(self._role)))
            painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        if self._planned is not None:
            x = 1 + (width - 2) * min(max(self._planned, 0), 100) / 100
            painter.setBrush(QColor(theme.color("text")))
            painter.drawRect(QRectF(x, 1, 2, _HEIGHT - 2))
        painter.end()
