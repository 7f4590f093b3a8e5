"""Lucide icons, tinted to the theme in use each time they are painted."""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_app.paths import resource
from desktop_app.ui import theme


@cache
def _source(name: str) -> str:
    """Return the SVG text of an icon."""
    return resource("icons", f"{name}.svg").read_text("utf-8")


@cache
def _renderer(name: str, value: str) -> QSvgRenderer:
    """Return the drawing of an icon in one colour."""
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", value).encode()))


def paint_icon(painter: QPainter, name: str, rect: QRectF, role: str = "text") -> None:
    """Paint an icon into ``rect`` in the colour of a role."""
    _renderer(name, theme.color(role).name()).render(painter, rect)


class _Engine(QIconEngine):
    """Paints one icon in the colours of the theme that is in use at that moment."""

    def __init__(self, name: str, role: str, on_role: str) -> None:
        """Keep the icon's name, its colour role, and that of its checked state."""
        super().__init__()
        self._name, self._role, self._on_role = name, role, on_role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = self._on_role if state == QIcon.State.On else self._role
        if mode == QIcon.Mode.Disabled:
            role = "disabled"
        paint_icon(painter, self._name, QRectF(rect), role)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        result = QPixmap(size)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return result

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role, self._on_role)


@cache
def icon(name: str, role: str = "text", on_role: str | None = None) -> QIcon:
    """Return an icon by its Lucide name; ``on_role`` colours it where it is checked."""
    return QIcon(_Engine(name, role, on_role or role))
