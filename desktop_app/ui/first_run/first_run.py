"""The first start in three steps: who you are, your team, what to begin with."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.i18n import language, t
from desktop_app.settings import Settings
from desktop_app.ui.store import Store
from desktop_app.ui.sync.connect_form import ConnectForm
from desktop_app.ui.sync.who import WhoAmI
from desktop_app.ui.widgets.buttons import SegmentedControl, button, column, label, panel
from desktop_app.ui.widgets.empty_state import IconLabel
from desktop_app.ui.widgets.text_fields import TextField

_CHOICES = (("import", "upload"), ("demo", "star"), ("empty", "plus"))
_TEAMS = ("alone", "join", "create")


def set_up(session: Any, name: str, team: str) -> str | None:
    """Add the person as a member and name the team; return the member's id."""
    from desktop_app.services import members, team_settings

    if team:
        team_settings.put(session, "team_name", team)
    return members.find_or_add(session, name) if name else None


class FirstRun(QWidget):
    """Three short pages in place of the views."""

    #: Carries what to begin with: ``import``, ``demo`` or ``empty``.
    finished = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, store: Store, settings: Settings, step: int = 0) -> None:
        """Begin at a step."""
        super().__init__()
        self._store, self._settings = store, settings
        self._choice, self._team_kind = "import", "alone"
        self._connected = False
        self.setProperty("role", "background")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        card = panel("card")
        card.setFixedWidth(560)
        outer.addStretch(2)
        # In a row of its own, not by an alignment: Qt then asks how high the card is at its width.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        self._layout = column(card, 36, 8)
        self._layout.addWidget(label(t("shell.first_title"), "title"))
        self._count = label("", "small")
        self._layout.addWidget(self._count)
        self._layout.addSpacing(12)
        self.name = TextField(t("shell.first_name"), t("shell.first_name_hint"), inplace=False)
        self.team = TextField(
            t("shell.first_team_name"), t("shell.first_team_example"), inplace=False
        )
        self._pages = [self._you(), self._team(), self._start()]
        self._who_page = self._who()
        for page in (*self._pages, self._who_page):
            self._layout.addWidget(page)
        self._layout.addSpacing(16)
        foot = QHBoxLayout()
        self._back = button(t("shell.first_back"), lambda: self.go(self._step - 1))
        self.next = button(t("shell.first_next"), self._on_next, variant="primary")
        self.next.setMinimumWidth(104)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self.next)
        self._layout.addLayout(foot)
        for field in (self.name, self.team):
            field.returnPressed.connect(self._on_next)
        self.go(step)

    def join(self, location: str) -> None:
        """Be ready to join the team of a file."""
        self.team_kind.set_value("join")
        self._on_team_kind("join")
        self.form.location.set_value(location)

    def go(self, step: int) -> None:
        """Show a step."""
        self._step = step
        self._count.setText(t("shell.first_step", step=step + 1))
        joined = self._connected and self._team_kind == "join"
        for place, page in enumerate(self._pages):
            page.setVisible(place == step and not (joined and place == 2))
        self._who_page.setVisible(joined and step == 2)
        if joined and step == 2:
            self.who.show_members(None, self.name.value() or "")
        # Invented records do not belong into a file that colleagues read.
        self.choices["demo"].setVisible(not self._connected)
        # What is connected stays connected: the way back would only seem to undo it.
        self._back.setVisible(step > 0 and not self._connected)
        self.next.setText(t("shell.first_finish" if step == 2 else "shell.first_next"))
        self._take_focus()

    def _take_focus(self) -> None:
        """Put the cursor where the step is answered."""
        middle = self.form.location if self._team_kind == "join" else self.team
        (self.name, middle, self.next)[self._step].setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Before the page is shown Qt gives the focus to its first control.
        QTimer.singleShot(0, self, self._take_focus)

    def _on_language(self, code: str) -> None:
        if code != language():
            self.language_chosen.emit(code)

    def _on_next(self) -> None:
        self.name.commit()
        self.team.commit()
        if self._step == 1 and self._team_kind != "alone" and not self._connected:
            self.form.go()
            return
        if self._step < 2:
            self.go(self._step + 1)
            return
        if self._who_page.isVisible() and not self.who.answered():
            self.who.new.setFocus()
            return
        self._finish()

    def _finish(self) -> None:
        """Write who the person is and what the team is called, and go on."""
        self._settings.language = language()
        if self._connected and self._team_kind == "join":
            self._settings.me = self.who.take()
            self.finished.emit("empty")
            return
        name, team = self.name.value() or "", self.team.value() or ""
        if name or team:
            self._settings.me = self._store.write(t("shell.label_setup"), set_up, name, team)
        self.finished.emit(self._choice)

    def _on_connected(self, _result: object) -> None:
        self._connected = True
        self.go(2)

    def _on_team_kind(self, kind: str) -> None:
        """Ask only what belongs to the way chosen."""
        self._team_kind = kind
        self._name_box.setVisible(kind != "join")
        self.form.setVisible(kind != "alone")
        self.form.set_create(kind == "create")
        self._take_focus()

    def _you(self) -> QWidget:
        page, layout = _page(t("shell.first_you"), t("shell.first_you_hint"))
        layout.addWidget(label(t("shell.first_language"), "muted"))
        choice = SegmentedControl([("zh", "中文"), ("en", "English")], t("shell.first_language"))
        choice.set_value(language())
        choice.chosen.connect(self._on_language)
        layout.addWidget(choice)
        layout.addSpacing(8)
        layout.addWidget(label(t("shell.first_name"), "muted"))
        layout.addWidget(self.name)
        return page

    def _team(self) -> QWidget:
        page, layout = _page(t("shell.first_team"), t("sync.set_hint"))
        kinds = [(kind, t(f"sync.first_{kind}")) for kind in _TEAMS]
        self.team_kind = SegmentedControl(kinds, t("shell.first_team"))
        self.team_kind.set_value("alone")
        self.team_kind.chosen.connect(self._on_team_kind)
        layout.addWidget(self.team_kind)
        layout.addSpacing(10)
        self._name_box = QWidget()
        box = column(self._name_box, 0, 6)
        box.addWidget(label(t("shell.first_team_name"), "muted"))
        box.addWidget(self.team)
        box.addWidget(label(t("shell.first_team_hint"), "small", wrap=True))
        box.addSpacing(8)
        layout.addWidget(self._name_box)
        self.form = ConnectForm(self._store)
        self.form.connected.connect(self._on_connected)
        self.form.working.connect(lambda working: self.next.setEnabled(not working))
        self.form.hide()
        layout.addWidget(self.form)
        return page

    def _who(self) -> QWidget:
        """After joining: which of the team's members this is."""
        page, layout = _page(t("sync.who_title"), t("sync.who_text"))
        self.who = WhoAmI(self._store)
        layout.addWidget(self.who)
        return page

    def _start(self) -> QWidget:
        page, layout = _page(t("shell.first_start"), t("shell.first_start_hint"))
        self.choices: dict[str, QPushButton] = {}
        for code, icon_name in _CHOICES:
            one = _choice_card(icon_name, t(f"shell.first_{code}"), t(f"shell.first_{code}_hint"))
            one.setAutoExclusive(True)
            one.clicked.connect(lambda _on=False, code=code: self._choose(code))
            one.setChecked(code == self._choice)
            self.choices[code] = one
            layout.addWidget(one)
        return page

    def _choose(self, code: str) -> None:
        self._choice = code


def _page(title: str, hint: str) -> tuple[QFrame, QVBoxLayout]:
    """Return a page with a heading and a hint."""
    page = QFrame()
    layout = column(page, 0, 6)
    layout.addWidget(label(title, "heading"))
    layout.addWidget(label(hint, "muted", wrap=True))
    layout.addSpacing(12)
    return page, layout


def _choice_card(icon_name: str, title: str, hint: str) -> QPushButton:
    """Return a large button with an icon, a title and a line about it."""
    one = QPushButton()
    one.setCheckable(True)
    one.setAccessibleName(f"{title}. {hint}")
    one.setProperty("variant", "choice")
    layout = QHBoxLayout(one)
    layout.setContentsMargins(16, 8, 16, 8)
    layout.setSpacing(14)
    layout.addWidget(IconLabel(icon_name, 22, "accent"))
    words = QVBoxLayout()
    words.setSpacing(0)
    head = label(title)
    face = head.font()
    face.setBold(True)
    head.setFont(face)
    words.addStretch(1)
    words.addWidget(head)
    words.addWidget(label(hint, "small"))
    words.addStretch(1)
    layout.addLayout(words, 1)
    for child in one.findChildren(QWidget):
        # The whole card is one button.
        child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return one
