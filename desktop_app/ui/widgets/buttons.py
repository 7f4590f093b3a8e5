"""Buttons in the few forms that the app has, and rows and panels to put them in."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.icons import icon

L = TypeVar("L", bound=QBoxLayout)
# In pixels: a word wider than this is cut at the edge of its pane.
_LONGEST_WORD = 110


class _SpacedButton(QPushButton):
    """A button with an icon: Qt leaves but four pixels between it and the text."""

    def setText(self, text: str) -> None:
        super().setText(f" {text}")


def button(
    text: str,
    callback: Callable[[], object] | None = None,
    icon_name: str = "",
    variant: str = "secondary",
    tip: str = "",
) -> QPushButton:
    """Return a button with a word on it; ``variant`` is secondary, primary, danger or link."""
    result = _SpacedButton() if icon_name else QPushButton()
    result.setText(text)
    result.setProperty("variant", variant)
    result.setAccessibleName(text)
    result.setCursor(Qt.CursorShape.PointingHandCursor)
    # A form's Enter belongs to its field; only dialogs say which button is the default.
    result.setAutoDefault(False)
    if icon_name:
        roles = {"primary": "on_accent", "danger": "bad", "link": "accent", "plainlink": "accent"}
        result.setIcon(icon(icon_name, roles.get(variant, "text"), "accent"))
        result.setIconSize(QSize(16, 16))
    if tip:
        result.setToolTip(tip)
    if callback is not None:
        result.clicked.connect(lambda _checked=False: callback())
    return result


def icon_button(
    icon_name: str,
    name: str,
    callback: Callable[[], object] | None = None,
    variant: str = "ghost",
    checkable: bool = False,
) -> QToolButton:
    """Return a button with a picture only; ``name`` is its tool tip and accessible name."""
    result = QToolButton()
    result.setProperty("variant", variant)
    result.setIcon(icon(icon_name, "text" if variant != "ghost" else "muted", "accent"))
    result.setIconSize(QSize(16, 16))
    result.setToolTip(name)
    result.setAccessibleName(name)
    result.setCheckable(checkable)
    result.setCursor(Qt.CursorShape.PointingHandCursor)
    result.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if variant != "ghost":
        result.setFixedSize(42, 32)
    if callback is not None:
        result.clicked.connect(lambda _checked=False: callback())
    return result


def menu_button(
    text: str, menu: QMenu, icon_name: str = "", variant: str = "secondary"
) -> QPushButton:
    """Return a button that opens a menu below it."""
    result = button(text, None, icon_name, variant)
    result.setProperty("hasMenu", True)
    result.setMenu(menu)
    return result


class WrappingLabel(QLabel):
    """A label of several lines; a single word too long for a line does not widen its pane."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), _LONGEST_WORD), least.height())


def label(text: str = "", role: str = "", wrap: bool = False, selectable: bool = False) -> QLabel:
    """Return a plain-text label; ``role`` is muted, small, heading, title, figure, bad, warn."""
    result = WrappingLabel(text) if wrap else QLabel(text)
    # What people typed is never read as markup.
    result.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        result.setProperty("role", role)
    result.setWordWrap(wrap)
    if selectable:
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result


def hairline() -> QFrame:
    """Return a line of one pixel between two parts."""
    result = QFrame()
    result.setProperty("role", "hairline")
    result.setFixedHeight(1)
    return result


def panel(role: str) -> QFrame:
    """Return a frame with a role of the style sheet: card, pane, surface, background, tools."""
    result = QFrame()
    result.setProperty("role", role)
    result.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return result


def column(parent: QWidget, margins: int = 0, spacing: int = 0) -> QVBoxLayout:
    """Give a widget a layout from top to bottom."""
    result = QVBoxLayout(parent)
    return _spaced(result, margins, spacing)


def row(parent: QWidget, margins: int = 0, spacing: int = 8) -> QHBoxLayout:
    """Give a widget a layout from left to right."""
    result = QHBoxLayout(parent)
    return _spaced(result, margins, spacing)


def _spaced(layout: L, margins: int, spacing: int) -> L:
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(spacing)
    return layout


class ToolRow(QFrame):
    """The one row above a list: title, search, filters at the left, doing things at the right."""

    def __init__(self, title: str = "", subtitle: str = "") -> None:
        """Start a row with the view's title."""
        super().__init__()
        self.setProperty("role", "tools")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(60)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(18, 0, 18, 0)
        self._layout.setSpacing(8)
        self.title = label(title, "title")
        self.subtitle = label(subtitle, "muted")
        self.subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._layout.addWidget(self.title)
        self._layout.addSpacing(8)
        self.set_subtitle(subtitle)
        self._left = 3
        self._layout.insertWidget(2, self.subtitle, 1 if subtitle else 0)
        self._layout.addStretch(0 if subtitle else 1)

    def set_subtitle(self, text: str) -> None:
        """Show a muted text beside the title, or none."""
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))
        self._layout.setStretchFactor(self.subtitle, 1 if text else 0)

    def add(self, *widgets: QWidget, stretch: int = 0) -> None:
        """Put widgets after those at the left."""
        for widget in widgets:
            self._layout.insertWidget(self._left, widget, stretch)
            self._left += 1

    def add_right(self, *widgets: QWidget) -> None:
        """Put widgets after those at the right end."""
        for widget in widgets:
            self._layout.addWidget(widget)


class SegmentedControl(QFrame):
    """A few choices side by side, one of them chosen."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str) -> None:
        """Offer (code, label) pairs; ``name`` says to a screen reader what is chosen."""
        super().__init__()
        self.setProperty("role", "segments")
        self.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for code, text in choices:
            one = button(text, None, variant="segment")
            one.setCheckable(True)
            one.setAccessibleName(f"{name}: {text}")
            one.clicked.connect(lambda _checked=False, c=code: self.chosen.emit(c))
            self._group.addButton(one)
            self._buttons[code] = one
            layout.addWidget(one)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def set_value(self, code: str) -> None:
        """Choose without emitting."""
        if code in self._buttons:
            self._buttons[code].setChecked(True)

    def value(self) -> str:
        """Return the chosen code, empty when none is."""
        return next((c for c, b in self._buttons.items() if b.isChecked()), "")
