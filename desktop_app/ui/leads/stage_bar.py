"""The eleven stages of a lead as one bar: how far it is, and a click to move it on."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.domain.words import STAGES
from desktop_app.i18n import t, word
from desktop_app.ui import theme

_GAP = 3
_BAR = 5


class StageBar(QWidget):
    """A segment a stage; those reached are filled. Emits the stage that was clicked."""

    picked = Signal(str)

    def __init__(self) -> None:
        """Start at the first stage."""
        super().__init__()
        self._stage = STAGES[0].value
        self._dates: dict[str, str] = {}
        self._muted = False
        self._hover = -1
        self._focus = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_stage(self, stage: str, dates: dict[str, str], muted: bool = False) -> None:
        """Show a stage; ``dates`` words when each was reached; ``muted`` for leads given up."""
        self._stage, self._dates, self._muted = stage, dates, muted
        self._focus = self._index()
        self.setAccessibleName(
            t(
                "leads.stage_bar",
                stage=word("stage", stage),
                number=self._index() + 1,
                count=len(STAGES),
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(220, 17)

    def _index(self) -> int:
        return next((i for i, s in enumerate(STAGES) if s == self._stage), 0)

    def segment(self, index: int) -> QRectF:
        """Return where a segment is painted."""
        width = (self.width() - _GAP * (len(STAGES) - 1)) / len(STAGES)
        return QRectF(index * (width + _GAP), (self.height() - _BAR) / 2, width, _BAR)

    def _at(self, x: float) -> int:
        return max(0, min(len(STAGES) - 1, int(x * len(STAGES) / max(1, self.width()))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        reached = self._index()
        full = "good" if reached >= STAGES.index("signed") else "accent"
        for index in range(len(STAGES)):
            box = self.segment(index)
            role = full if index <= reached else "line"
            if self._muted and index <= reached:
                role = "muted"
            if index == self._hover or (self.hasFocus() and index == self._focus):
                box = box.adjusted(0, -2, 0, 2)
                role = role if index <= reached else "strong_line"
            painter.setBrush(QColor(theme.color(role)))
            radius = box.height() / 2
            painter.drawRoundedRect(box, radius, radius)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip(self._at(event.pos().x())), self)
            return True
        return super().event(event)

    def tip(self, index: int) -> str:
        """Return what is said of a stage: its name and when it was reached."""
        stage = STAGES[index].value
        reached = self._dates.get(stage, "")
        if reached:
            return t("leads.stage_reached", stage=word("stage", stage), date=reached)
        if stage == self._stage:
            return word("stage", stage)
        return t("leads.stage_move_to", stage=word("stage", stage))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._at(event.position().x())
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._pick(self._at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._focus = max(0, min(len(STAGES) - 1, self._focus + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick(self._focus)
        else:
            super().keyPressEvent(event)

    def _pick(self, index: int) -> None:
        if STAGES[index] != self._stage:
            self.picked.emit(STAGES[index].value)
