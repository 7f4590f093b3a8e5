"""The passphrase of the team's shared file: set, changed, taken off, and asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui.protection.passphrase_dialog import PassphraseDialog, Typed
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.buttons import button, label
from desktop_app.ui.widgets.empty_state import IconLabel

if TYPE_CHECKING:
    from desktop_app.ui.view import ShellActions


class TeamProtection(QWidget):
    """A line of the team file's card: whether the file is protected, and the ways."""

    def __init__(self, store: Store, shell: "ShellActions") -> None:
        """Make the line; ``show_protected`` says how things stand."""
        super().__init__()
        self._store, self._shell = store, shell
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 0)
        line.setSpacing(8)
        self._icon = IconLabel("lock", 18, "muted")
        self.state = label("", wrap=True)
        self.protect_button = button(t("protection.protect"), self.protect, "lock")
        self.change_button = button(t("protection.change"), self.change)
        self.remove_button = button(t("protection.remove"), self.remove)
        line.addWidget(self._icon)
        line.addWidget(self.state, 1)
        for one in (self.protect_button, self.change_button, self.remove_button):
            line.addWidget(one)
        self.show_protected(False)

    def show_protected(self, protected: bool) -> None:
        """Show how things stand."""
        self._icon.set_icon("lock", "good" if protected else "muted")
        self.state.setText(t("protection.team_on" if protected else "protection.team_off"))
        self.protect_button.setVisible(not protected)
        self.change_button.setVisible(protected)
        self.remove_button.setVisible(protected)

    def protect(self) -> PassphraseDialog:
        """Ask for a first passphrase of the shared file."""
        return self._ask("team_protect", new=True)

    def change(self) -> PassphraseDialog:
        """Ask for the passphrase so far and another one."""
        return self._ask("team_change", old=True, new=True)

    def remove(self) -> PassphraseDialog:
        """Ask for the passphrase and take it off."""
        return self._ask("team_remove", old=True, danger=True)

    def _ask(
        self, kind: str, old: bool = False, new: bool = False, danger: bool = False
    ) -> PassphraseDialog:
        workspace = self._store.workspace

        def work(typed: Typed) -> str | None:
            from desktop_app.sync.rekey import change_passphrase

            after = typed.new if new else None
            change_passphrase(workspace, after, typed.old or None)
            return after

        def done(passphrase: str | None) -> None:
            self._shell.sync.unlock(passphrase)
            self._shell.sync.runner.sync_now()
            self._shell.toast(t(f"protection.{kind}_done"))

        dialog = PassphraseDialog(self.window(), kind, work, done, old=old, new=new, danger=danger)
        dialog.open()
        return dialog


def ask_team_passphrase(
    parent: QWidget, store: Store, on_right: Callable[[str], object]
) -> PassphraseDialog:
    """Ask for the passphrase of the shared file; ``on_right`` receives one that opens it."""
    workspace = store.workspace

    def work(typed: Typed) -> str:
        from desktop_app.sync.team import unlock

        unlock(workspace, typed.old)
        return typed.old

    dialog = PassphraseDialog(parent, "team_unlock", work, on_right, old=True)
    dialog.open()
    return dialog
