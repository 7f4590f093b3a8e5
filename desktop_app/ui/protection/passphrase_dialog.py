"""The one dialog in which passphrases are typed: the one so far, a new one, or both."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop_app.db import keys
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.ui import background
from desktop_app.ui.error_texts import sentence
from desktop_app.ui.icons import icon
from desktop_app.ui.widgets.buttons import label
from desktop_app.ui.widgets.dialogs import Dialog
from desktop_app.ui.widgets.text_fields import TextField, restyle

WIDTH = 460


class Typed(NamedTuple):
    """What a person typed; empty where it was not asked."""

    old: str
    new: str
    keep: bool


class PassphraseDialog(Dialog):
    """Does its work in the background and closes when it is done; what went wrong is said."""

    def __init__(
        self,
        parent: QWidget | None,
        kind: str,
        work: Callable[[Typed], Any],
        on_done: Callable[[Any], object] = lambda _result: None,
        *,
        old: bool = False,
        new: bool = False,
        keep: bool = False,
        danger: bool = False,
    ) -> None:
        """Make the dialog.

        Args:
            parent: the window, if there is one yet.
            kind: names its texts, ``protection.<kind>_title`` and so on.
            work: what is done with what was typed, in another thread.
            on_done: receives what it returned.
            old: ask for the passphrase so far.
            new: ask for a new one, twice.
            keep: offer to remember it, where the system has a keyring.
            danger: the button takes something away.
        """
        super().__init__(parent, t(f"protection.{kind}_title"), WIDTH)
        self._work, self._on_done, self._working = work, on_done, False
        self.add_text(t(f"protection.{kind}_text"))
        self.body.addSpacing(4)
        self.old = self._field("old" if new else "passphrase", old)
        self.new = self._field("new", new)
        self.again = self._field("again", new)
        self.keep = QCheckBox(t("protection.keep"))
        self.keep.setChecked(True)
        self.keep.setVisible(keep and keys.keyring_works())
        self.body.addWidget(self.keep)
        self.said = label("", "bad", wrap=True)
        self.said.hide()
        self.body.addWidget(self.said)
        if new:
            self.body.addWidget(label(t("protection.lost"), "small", wrap=True))
        self.cancel = self.add_button(t("shell.cancel"), self.reject)
        variant = "danger" if danger else "primary"
        self.go = self.add_button(t(f"protection.{kind}_go"), self.begin, variant, True)
        (self.old if old else self.new).setFocus()

    def _field(self, name: str, shown: bool) -> TextField:
        """Add a line whose letters show only while its eye is pressed in."""
        field = TextField(t(f"protection.{name}"), t(f"protection.{name}"), inplace=False)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        eye = QAction(icon("eye", "muted"), t("protection.show"), field)
        eye.setCheckable(True)
        eye.toggled.connect(
            lambda on: field.setEchoMode(
                QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
            )
        )
        field.addAction(eye, QLineEdit.ActionPosition.TrailingPosition)
        field.setVisible(shown)
        self.body.addWidget(field)
        return field

    def begin(self) -> None:
        """Do it with what was typed."""
        if self._working:
            return
        typed = Typed(self.old.text(), self.new.text(), self.kept())
        for field in (self.old, self.new):
            if not field.isHidden() and not field.text():
                self._refuse(DeskError("passphrase_empty"), field)
                return
        if typed.new != self.again.text():
            self._refuse(DeskError("passphrase_differs"), self.again)
            return
        self._set_working(True)
        self.say(t("protection.working"), "muted")
        background.run(lambda _job: self._work(typed), self._on_worked, self._on_failed)

    def kept(self) -> bool:
        """Say whether the keyring is there and may have it."""
        return not self.keep.isHidden() and self.keep.isChecked()

    def _set_working(self, working: bool) -> None:
        self._working = working
        for widget in (self.old, self.new, self.again, self.keep, self.cancel, self.go):
            widget.setEnabled(not working)

    def say(self, text: str, role: str = "bad") -> None:
        """Say something under the fields."""
        restyle(self.said, "role", role)
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self._fit()

    def _fit(self) -> None:
        """Be as high as the words need at this width; Qt guesses too much for broken lines."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _refuse(self, error: DeskError, field: TextField) -> None:
        self.say(sentence(error))
        field.setFocus()
        field.selectAll()

    def _on_worked(self, result: Any) -> None:
        self._set_working(False)
        self.accept()
        self._on_done(result)

    def _on_failed(self, error: Exception) -> None:
        self._set_working(False)
        if not isinstance(error, DeskError):
            self.say("")
            raise error
        self._refuse(error, self.new if self.old.isHidden() else self.old)

    def reject(self) -> None:
        """Close, unless the work is under way: it can't be left half done."""
        if not self._working:
            super().reject()
