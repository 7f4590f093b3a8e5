"""The left column: where one can go, how much waits there, and the state of the data."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from desktop_app.i18n import t
from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.icons import paint_icon
from desktop_app.ui.sync.foot import SyncFoot
from desktop_app.ui.widgets.buttons import icon_button, label

WIDTH = 196


class Place(NamedTuple):
    """One view as the navigation shows it."""

    name: str
    icon: str
    text: str


class NavigationItem(QAbstractButton):
    """One line: icon, word, count."""

    def __init__(self, place: Place) -> None:
        """Show a view's icon and word."""
        super().__init__()
        self._icon, self._text = place.icon, place.text
        self._count: int | None = None
        self._alarm = False
        self._ring = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(place.text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int | None, alarm: bool) -> None:
        """Show a number at the right end, in red when it is an alarm."""
        self._count, self._alarm = count, alarm
        shown = self._text if count is None else f"{self._text}, {count}"
        self.setAccessibleName(shown)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 20, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        elif self.underMouse():
            painter.setBrush(theme.color("line"))
            painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        if self.hasFocus() and self._ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        chosen = self.isChecked()
        middle = self.height() / 2
        paint_icon(
            painter, self._icon, QRectF(11, middle - 8, 16, 16), "accent" if chosen else "muted"
        )
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(theme.TEXT, chosen))
        painter.setPen(theme.color("accent" if chosen else "text"))
        painter.drawText(area.adjusted(37, 0, -44, 0), left, self._text)
        if self._count is not None:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.setFont(font(theme.SMALL))
            painter.setPen(theme.color("bad" if self._alarm else "muted"))
            painter.drawText(area.adjusted(0, 0, -10, 0), right, f"{self._count:,}")
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # The ring is for those who walk by Tab, not for a click or the window's start.
        reasons = Qt.FocusReason
        self._ring = event.reason() in (reasons.TabFocusReason, reasons.BacktabFocusReason)
        self.update()


class Navigation(QFrame):
    """The column with the app's name, the views, and at its foot what holds everywhere."""

    chosen = Signal(str)

    def __init__(
        self,
        team: str,
        places: Sequence[Place],
        tools: Sequence[tuple[str, str, Callable[[], object]]],
        badges: Sequence[Place] = (),
    ) -> None:
        """Show the views.

        Args:
            team: the team's name.
            places: the views that are always there.
            tools: (icon, name, callback) of the small buttons at the foot.
            badges: the views that are shown only while there is something in them.
        """
        super().__init__()
        self.setProperty("role", "navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(t("shell.navigation"))
        self.setFixedWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 16, 10, 10)
        layout.setSpacing(2)
        head = QVBoxLayout()
        head.setContentsMargins(10, 0, 6, 12)
        head.setSpacing(0)
        head.addWidget(label(t("shell.app"), "heading"))
        self._team = label(team, "small", wrap=True)
        head.addWidget(self._team)
        layout.addLayout(head)
        self._items: dict[str, NavigationItem] = {}
        for place in places:
            if place.name == "import":
                for badge in badges:
                    self._add(layout, badge).hide()
                layout.addStretch(1)
            self._add(layout, place)
        layout.addSpacing(6)
        line = QFrame()
        line.setProperty("role", "hairline")
        line.setFixedHeight(1)
        layout.addWidget(line)
        layout.addSpacing(6)
        self.foot = SyncFoot()
        layout.addWidget(self.foot)
        small = QHBoxLayout()
        small.setContentsMargins(4, 4, 0, 0)
        small.setSpacing(2)
        for icon_name, name, callback in tools:
            small.addWidget(icon_button(icon_name, name, callback))
        small.addStretch(1)
        layout.addLayout(small)

    def set_current(self, name: str) -> None:
        """Mark a view as the one shown; one without a line here leaves none marked."""
        for key, item in self._items.items():
            item.setAutoExclusive(False)
            item.setChecked(key == name)
            item.setAutoExclusive(True)

    def set_count(self, name: str, count: int | None, alarm: bool = False) -> None:
        """Show a number beside a view."""
        if name in self._items:
            self._items[name].set_count(count, alarm)

    def set_team(self, team: str) -> None:
        """Show another team name."""
        self._team.setText(team)

    def set_badge(self, name: str, count: int) -> None:
        """Show a view with a number while there is something in it, and not otherwise."""
        if name in self._items:
            self._items[name].set_count(count or None, alarm=True)
            self._items[name].setVisible(count > 0)

    def _add(self, layout: QVBoxLayout, place: Place) -> NavigationItem:
        item = NavigationItem(place)
        item.clicked.connect(lambda _on=False, name=place.name: self.chosen.emit(name))
        self._items[place.name] = item
        layout.addWidget(item)
        return item
