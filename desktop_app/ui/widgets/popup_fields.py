"""Fields with a small window of their own: a calendar, or the records that match."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.i18n import language, t
from desktop_app.ui import theme
from desktop_app.ui.icons import icon
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.text_fields import LineField

_DATE = re.compile(r"^\s*(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})\D?\s*$")
_SHORT = re.compile(r"^\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[.日号]?\s*$")


def place_below(popup: QWidget, anchor: QWidget) -> None:
    """Put a popup below its field, or above it where the screen ends."""
    popup.adjustSize()
    screen = anchor.screen().availableGeometry()
    below = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
    if below.y() + popup.height() > screen.bottom():
        below = anchor.mapToGlobal(QPoint(0, -popup.height() - 2))
    below.setX(max(screen.left(), min(below.x(), screen.right() - popup.width())))
    popup.move(below)


class CalendarPopup(QFrame):
    """A month to choose a day from, with Today and Clear."""

    def __init__(
        self, anchor: QWidget, day: dt.date | None, choose: Callable[[dt.date | None], object]
    ) -> None:
        """Open below ``anchor`` on ``day``; the choice goes to ``choose``."""
        super().__init__(anchor, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choose = choose
        calendar = QCalendarWidget()
        chinese = language() == "zh"
        calendar.setLocale(QLocale("zh_CN" if chinese else "en_GB"))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(
            QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames
            if chinese
            else QCalendarWidget.HorizontalHeaderFormat.ShortDayNames
        )
        calendar.setMinimumSize(280, 240)
        head = QTextCharFormat()
        head.setForeground(theme.color("muted"))
        calendar.setHeaderTextFormat(head)
        weekend = QTextCharFormat()
        weekend.setForeground(theme.color("muted"))
        for week_day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(week_day, weekend)
        shown = day or dt.date.today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        calendar.clicked.connect(self._on_clicked)
        calendar.activated.connect(self._on_clicked)
        self.calendar = calendar
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(calendar)
        foot = QHBoxLayout()
        foot.addWidget(
            button(t("shell.today"), lambda: self._take(dt.date.today()), variant="link")
        )
        foot.addStretch(1)
        foot.addWidget(button(t("shell.clear"), lambda: self._take(None), variant="link"))
        layout.addLayout(foot)
        place_below(self, anchor)
        self.show()
        calendar.setFocus()

    def _on_clicked(self, day: QDate) -> None:
        self._take(dt.date(day.year(), day.month(), day.day()))

    def _take(self, day: dt.date | None) -> None:
        self.close()
        self._choose(day)


def parse_day(text: str, today: dt.date | None = None) -> dt.date | None:
    """Return the day that a short entry means: ``2026-3-5``, ``2026年3月5日``, ``3-5``, ``+7``.

    Raises:
        ValueError: there is no such day.
    """
    today = today or dt.date.today()
    plain = text.strip()
    if not plain:
        return None
    try:
        if plain[0] == "+":
            return today + dt.timedelta(days=int(plain[1:]))
        if match := _DATE.match(plain):
            return dt.date(*(int(part) for part in match.groups()))
        if match := _SHORT.match(plain):
            return dt.date(today.year, *(int(part) for part in match.groups()))
    except (ValueError, OverflowError):
        pass
    raise ValueError(t("shell.not_a_date"))


class DateField(LineField):
    """A day, typed or chosen; shown as 2026-11-24 in both languages; empty is None."""

    def __init__(self, name: str, hint: str = "", inplace: bool = True) -> None:
        """Show a calendar button at the right end."""
        super().__init__(name, hint or t("shell.date_hint"), inplace)
        self._button = self.addAction(
            icon("calendar", "muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._button.setText(t("shell.choose_date"))
        self._button.triggered.connect(self.open_calendar)

    def open_calendar(self) -> CalendarPopup:
        """Open the month of the value, or this one."""
        self.typed.begin()
        return CalendarPopup(self, self._value, self._on_chosen)

    def _on_chosen(self, day: dt.date | None) -> None:
        with self.typed.committing():
            if day != self._value:
                self._value = day
                self._show()
                self.edited.emit(day)

    def parse(self, text: str) -> dt.date | None:
        return parse_day(text)

    def words(self, value: Any) -> str:
        return "" if value is None else value.isoformat()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)


class Option(NamedTuple):
    """One record offered by a ``RecordField``."""

    id: str
    text: str
    detail: str = ""


class RecordField(LineField):
    """Another record, found by typing; the list under it never takes the focus."""

    #: Ctrl+click or the menu: show the record in its own view.
    followed = Signal(str)

    def __init__(
        self,
        name: str,
        search: Callable[[str], Sequence[Option]],
        hint: str = "",
        create: Callable[[str], str | None] | None = None,
        inplace: bool = True,
    ) -> None:
        """Search as the person types.

        Args:
            name: the field's label.
            search: returns the options for a text, best first; all for an empty one.
            hint: shown while the field is empty.
            create: makes a record with this name and returns its id; offered as the last line.
            inplace: borderless until it is touched.
        """
        super().__init__(name, hint or t("shell.record_hint"), inplace)
        self._search, self._create = search, create
        self._label = ""
        self._popup = QFrame(self, Qt.WindowType.ToolTip)
        self._popup.setProperty("role", "popup")
        layout = QVBoxLayout(self._popup)
        layout.setContentsMargins(4, 4, 4, 4)
        self._list = QListWidget()
        self._list.setProperty("role", "plain")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(name)
        self._list.itemPressed.connect(self._on_picked)
        layout.addWidget(self._list)
        self.textEdited.connect(lambda _text: self._offer())

    def set_record(self, record_id: str | None, text: str) -> None:
        """Show a record by its id and its name."""
        editing = self.hasFocus() and (self.isModified() or self._composing)
        self._value, self._label = record_id, text
        if not editing:
            self._show()

    def set_value(self, value: Any) -> None:
        """Show a record by its id alone: its name is looked up among all options."""
        found = next((o for o in self._search("") if o.id == value), None) if value else None
        self.set_record(value, found.text if found else "")

    def words(self, value: Any) -> str:
        return self._label if value else ""

    def _offer(self) -> None:
        """Show what matches the text typed so far."""
        text = self.text().strip()
        self._list.clear()
        for option in list(self._search(text))[:12]:
            shown = f"{option.text}    {option.detail}" if option.detail else option.text
            item = QListWidgetItem(shown)
            item.setData(Qt.ItemDataRole.UserRole, option)
            self._list.addItem(item)
        if text and self._create is not None:
            item = QListWidgetItem(icon("plus", "accent"), t("shell.create_named", name=text))
            item.setData(Qt.ItemDataRole.UserRole, None)
            self._list.addItem(item)
        if not self._list.count():
            self._popup.hide()
            return
        self._list.setCurrentRow(0)
        rows = min(self._list.count(), 8)
        self._list.setFixedSize(max(self.width(), 260), rows * 31 + 4)
        place_below(self._popup, self)
        self._popup.show()

    def _on_picked(self, item: QListWidgetItem) -> None:
        self._popup.hide()
        option = item.data(Qt.ItemDataRole.UserRole)
        if option is None and self._create is not None:
            name = self.text().strip()
            made = self._create(name)
            if made is None:
                self._show()
                return
            option = Option(made, name)
        self._take(option.id, option.text)

    def _take(self, record_id: str | None, text: str) -> None:
        altered = record_id != self._value
        self._value, self._label = record_id, text
        with self.typed.committing():
            self._show()
            if altered:
                self.edited.emit(record_id)

    def commit(self) -> bool:
        """Take an emptied field as no record; a text without a choice goes back."""
        self._popup.hide()
        if self.isModified():
            if not self.text().strip():
                self._take(None, "")
            else:
                self._show()
        return True

    def event(self, event: QEvent) -> bool:
        # Esc closes the list first, not the dialog around the field.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and (self._popup.isVisible() or self.isModified())
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not self._popup.isVisible():
                self._offer()
                return
            step = 1 if key == Qt.Key.Key_Down else -1
            count = self._list.count()
            self._list.setCurrentRow((self._list.currentRow() + step) % count)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._popup.isVisible():
            item = self._list.currentItem()
            if item is not None:
                self._on_picked(item)
        elif key == Qt.Key.Key_Escape and (self._popup.isVisible() or self.isModified()):
            self._popup.hide()
            self._show()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: Any) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._value:
            self.followed.emit(self._value)
            return
        super().mousePressEvent(event)
        if not self.text() and QApplication.focusWidget() is self:
            self._offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._popup.hide()
