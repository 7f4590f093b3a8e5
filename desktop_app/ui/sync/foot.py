"""The state of the data at the foot of the navigation; a click opens the whole story."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop_app.i18n import t
from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.icons import paint_icon
from desktop_app.ui.sync.sync_state import Shown

#: A sync that is quicker than this is not shown as going on: the line would only flicker.
_NOT_AT_ONCE_MS = 700


class SyncFoot(QAbstractButton):
    """Two lines: where the work stands, and since when or what waits."""

    def __init__(self) -> None:
        """Say that all is saved here, which always holds."""
        super().__init__()
        self._icon, self._role = "circle-check", "good"
        self._text, self._detail = t("sync.state.not_connected"), ""
        self._running = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_NOT_AT_ONCE_MS)
        self._soon.timeout.connect(self._show_running)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def show_state(self, shown: Shown) -> None:
        """Show how things stand."""
        self._icon, self._role = shown.icon, shown.role
        self._text, self._detail = shown.text, shown.detail
        self._name()

    def show_saved(self, when: str) -> None:
        """Say that all is saved here, as long as nothing else is known."""
        self._detail = when
        self._name()

    def set_running(self, running: bool) -> None:
        """Say that a sync is going on, once it takes its time."""
        if running:
            self._soon.start()
            return
        self._soon.stop()
        self._running = False
        self._name()

    def text_shown(self) -> str:
        """Return the line as it reads now."""
        return t("sync.running") if self._running else self._text

    def _show_running(self) -> None:
        self._running = True
        self._name()

    def _name(self) -> None:
        text = " · ".join(filter(None, (self.text_shown(), self._detail)))
        self.setAccessibleName(t("sync.foot", text=text))
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(176, 42 if self._detail else 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("line"))
            painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        name, role = ("refresh-cw", "muted") if self._running else (self._icon, self._role)
        paint_icon(painter, name, QRectF(11, 8, 16, 16), role)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        room = area.width() - 37 - 6
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(font())
        painter.setPen(theme.color("text"))
        text = QFontMetricsF(font()).elidedText(self.text_shown(), elide, room)
        painter.drawText(QRectF(37, 6, room, 20), left, text)
        if self._detail:
            small = font(theme.SMALL)
            painter.setFont(small)
            painter.setPen(theme.color("muted"))
            detail = QFontMetricsF(small).elidedText(self._detail, elide, room)
            painter.drawText(QRectF(37, 23, room, 16), left, detail)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
