"""Among the settings: whether this laptop's data is protected by a passphrase, and the ways."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop_app.i18n import t
from desktop_app.ui.protection.passphrase_dialog import PassphraseDialog, Typed
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.buttons import button, column, label
from desktop_app.ui.widgets.empty_state import IconLabel

if TYPE_CHECKING:
    from desktop_app.ui.view import ShellActions


class ProtectionCard(QFrame):
    """Says how things stand and what stays as plain as it is."""

    def __init__(self, store: Store, shell: "ShellActions") -> None:
        """Make the card; ``read`` shows how things stand."""
        super().__init__()
        self._store, self._shell = store, shell
        self.setProperty("role", "card")
        layout = column(self, 18, 6)
        layout.addWidget(label(t("protection.title"), "heading"))
        layout.addWidget(label(t("protection.hint"), "small", wrap=True))
        layout.addSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(10)
        self._icon = IconLabel("lock", 18, "muted")
        self.state = label("", "strong")
        head.addWidget(self._icon)
        head.addWidget(self.state, 1)
        layout.addLayout(head)
        self._plain = label(t("protection.stays_plain"), "small", wrap=True)
        layout.addWidget(self._plain)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.protect_button = button(t("protection.protect"), self.protect, "lock")
        self.change_button = button(t("protection.change"), self.change)
        self.remove_button = button(t("protection.remove"), self.remove)
        for one in (self.protect_button, self.change_button, self.remove_button):
            foot.addWidget(one)
        foot.addStretch(1)
        layout.addSpacing(4)
        layout.addLayout(foot)
        self.read()

    def read(self) -> None:
        """Show how things stand."""
        protected = self._store.workspace.key is not None
        self._icon.set_icon("lock", "good" if protected else "muted")
        self.state.setText(t("protection.is_on" if protected else "protection.is_off"))
        self._plain.setVisible(protected)
        self.protect_button.setVisible(not protected)
        self.change_button.setVisible(protected)
        self.remove_button.setVisible(protected)

    def protect(self) -> PassphraseDialog:
        """Ask for a first passphrase and protect the data by it."""
        return self._ask("protect", new=True)

    def change(self) -> PassphraseDialog:
        """Ask for the passphrase so far and another one."""
        return self._ask("change", old=True, new=True)

    def remove(self) -> PassphraseDialog:
        """Ask for the passphrase and take it off."""
        return self._ask("remove", old=True, danger=True)

    def _ask(
        self, kind: str, old: bool = False, new: bool = False, danger: bool = False
    ) -> PassphraseDialog:
        workspace = self._store.workspace

        def work(typed: Typed) -> None:
            from desktop_app.sync.own_passphrase import change_own_passphrase

            change_own_passphrase(
                workspace, typed.new if new else None, typed.old or None, keep=typed.keep
            )

        def done(_nothing: object) -> None:
            self.read()
            self._shell.toast(t(f"protection.{kind}_done"))

        dialog = PassphraseDialog(
            self.window(), kind, work, done, old=old, new=new, keep=new, danger=danger
        )
        dialog.open()
        return dialog
