"""What came in from colleagues since I last looked, by person and record."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.db.change import Changes
from desktop_app.i18n import t, word
from desktop_app.ui import background
from desktop_app.ui.desk.desk_parts import Card, ElidedLabel
from desktop_app.ui.store import Store
from desktop_app.ui.sync.sync_state import counted, when
from desktop_app.ui.sync.values import ValueWords, field_name, is_long
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.views import ICONS, VIEW_OF_KIND
from desktop_app.ui.widgets.buttons import ToolRow, button, column, hairline, label
from desktop_app.ui.widgets.empty_state import EmptyState, IconLabel
from desktop_app.ui.widgets.pill import PillLabel

if TYPE_CHECKING:
    from desktop_app.sync.incoming import Incoming

#: So many records of one person are shown; nobody reads more at once.
_MOST, _AT_ONCE = 40, 2
_VALUE = 36
_ON_DESK = 4
#: What says nothing to people beside the other fields.
_UNTOLD = frozenset({"deleted", "lat_e6", "lon_e6", "region", "zone", "position", "active"})
#: Icons of kinds that have no view of their own.
_ICONS = {
    "lead-stages": "flag",
    "members": "user",
    "events": "calendar",
    "attachments": "paperclip",
}


def by_person(found: Sequence["Incoming"]) -> dict[str, list["Incoming"]]:
    """Return what came in by person, those with the latest change first."""
    people: dict[str, list[Incoming]] = {}
    for one in found:
        people.setdefault(one.by or t("sync.someone"), []).append(one)
    return people


def change_line(one: "Incoming", words: ValueWords) -> str:
    """Return in one line what somebody did to a record."""
    parts = []
    for name, (old, new) in one.fields.items():
        if name in _UNTOLD or (name == "currency" and "amount_minor" in one.fields):
            continue
        field = field_name(one.table, name)
        if is_long(one.table, name):
            key = "sync.line_text_new" if old in (None, "") else "sync.line_text"
            parts.append(t(key, field=field))
            continue
        after = _short(words.words(one.table, one.row, name, new))
        if one.created or old in (None, ""):
            parts.append(t("sync.line_new", field=field, new=after))
        else:
            before = _short(words.words(one.table, one.row, name, old))
            parts.append(t("sync.line", field=field, old=before, new=after))
    return t("sync.line_separator").join(parts)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _VALUE else plain[: _VALUE - 1] + "…"


class IncomingLine(QFrame):
    """One record that somebody altered; a click or Enter opens it."""

    opened = Signal()

    def __init__(self, one: "Incoming", said: str) -> None:
        """Show what was done to a record, ``said`` in a line."""
        super().__init__()
        title = one.title or t("sync.untitled")
        self.setAccessibleName(" ".join((title, said)))
        self.can_open = one.kind in VIEW_OF_KIND and not one.deleted
        if self.can_open:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("role", "line")
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 7, 8, 7)
        line.setSpacing(12)
        icon = _ICONS.get(one.kind) or ICONS.get(VIEW_OF_KIND.get(one.kind, ""), "file-text")
        picture = QVBoxLayout()
        picture.setContentsMargins(0, 4, 0, 0)
        picture.addWidget(IconLabel(icon, 16))
        picture.addStretch(1)
        line.addLayout(picture)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        name = ElidedLabel(title, word("kind", one.kind))
        head.addWidget(name, 1)
        if one.deleted:
            head.addWidget(PillLabel(t("sync.deleted"), "bad"))
        elif one.created:
            head.addWidget(PillLabel(t("sync.created"), "good"))
        head.addWidget(label(when(one.at), "small"))
        texts.addLayout(head)
        if said and not one.deleted:
            second = ElidedLabel(said, role="muted")
            second.setFixedHeight(18)
            texts.addWidget(second)
        line.addLayout(texts, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.can_open:
            self.opened.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()


class IncomingView(View):
    """A card for each person with the records they altered."""

    name, icon = "incoming", "inbox"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Make the frame; ``refresh`` fills it."""
        super().__init__(store, shell)
        layout = column(self)
        self._tools = ToolRow(t("sync.incoming"))
        self.seen = button(t("sync.mark_seen"), self.mark_seen, "check")
        self._tools.add_right(self.seen)
        layout.addWidget(self._tools)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(t("sync.incoming"))
        layout.addWidget(self._scroll, 1)

    def refresh(self, changes: Changes | None = None) -> None:
        """Read again in the background what came in: it may be a month's work of ten people."""
        store = self.store
        background.run(lambda _job: read_people(store), self._fill)

    def _fill(self, people: "dict[str, list[tuple[Incoming, str]]]") -> None:
        found = sum(len(several) for several in people.values())
        said = counted("sync.incoming_sub", found, people=len(people))
        self._tools.set_subtitle(said if found else "")
        self.seen.setVisible(bool(found))
        place = self._scroll.verticalScrollBar().value()
        page = QWidget()
        page.setProperty("role", "background")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(18, 16, 18, 18)
        layout.setSpacing(14)
        for person, several in people.items():
            layout.addWidget(self._card(person, several))
        if found:
            layout.addStretch(1)
        else:
            layout.addWidget(
                EmptyState(t("sync.incoming_none"), t("sync.incoming_none_hint"), icon_name="inbox")
            )
        self._scroll.setWidget(page)
        self._scroll.verticalScrollBar().setValue(place)

    def _card(self, person: str, several: "list[tuple[Incoming, str]]") -> QFrame:
        card = Card(person, counted("sync.records", len(several)))
        self._add_lines(card, several, 0)
        return card

    def _add_lines(self, card: Card, several: "list[tuple[Incoming, str]]", start: int) -> None:
        """Add some lines now and the others after them, so that the window never stands still."""
        if not isValid(card):
            return
        end = min(start + _AT_ONCE, len(several), _MOST)
        add_lines(card, several[start:end], self, first=not start)
        if end < min(len(several), _MOST):
            QTimer.singleShot(0, self, partial(self._add_lines, card, several, end))
        elif len(several) > _MOST:
            card.body.addWidget(label(t("sync.more", n=len(several) - _MOST), "muted"))

    def mark_seen(self) -> None:
        """Note that all of it was looked at."""
        self.shell.sync.mark_looked()
        self.refresh(None)
        self.shell.toast(t("sync.marked"))

    def actions_offered(self) -> list[Action]:
        """Return what can be done here."""
        return [Action(t("sync.mark_seen"), self.mark_seen, "check")]


def read_people(store: Store) -> "dict[str, list[tuple[Incoming, str]]]":
    """Return what came in by person, each record with what was done to it in words."""
    from desktop_app.sync.incoming import incoming

    words = ValueWords(store)
    return {
        person: [(one, change_line(one, words) if n < _MOST else "") for n, one in enumerate(some)]
        for person, some in by_person(store.read(incoming)).items()
    }


def add_lines(
    card: Card, several: "Sequence[tuple[Incoming, str]]", view: View, first: bool
) -> None:
    """Add a line for each record to a card."""
    for one, said in several:
        if not first:
            card.body.addWidget(hairline())
        first = False
        line = IncomingLine(one, said)
        line.opened.connect(partial(view.shell.open_record, one.kind, one.row))
        card.body.addWidget(line)


def incoming_card(view: View) -> QFrame | None:
    """Return a card for the desk with the latest that came in, or None when nothing did."""
    from desktop_app.sync.incoming import count, incoming

    total = view.store.read(count)
    if not total:
        return None
    go = button(t("sync.show_all"), partial(view.shell.show_view, "incoming"), variant="link")
    card = Card(t("sync.incoming"), str(total), go)
    words = ValueWords(view.store)
    latest = view.store.read(incoming, _ON_DESK)[:_ON_DESK]
    add_lines(card, [(one, change_line(one, words)) for one in latest], view, first=True)
    return card
