"""Connecting a team file from the settings: which, then who sits at this laptop."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.i18n import t
from desktop_app.ui.store import Store
from desktop_app.ui.sync.connect_form import ConnectForm
from desktop_app.ui.sync.who import WhoAmI
from desktop_app.ui.widgets.buttons import SegmentedControl
from desktop_app.ui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from desktop_app.sync.team import SyncResult


class ConnectDialog(Dialog):
    """Join a team's file or create one; closes when the first exchange is done."""

    def __init__(
        self, parent: QWidget | None, store: Store, on_connected: "Callable[[SyncResult], None]"
    ) -> None:
        """Ask which file; ``on_connected`` goes on with the result of the first exchange."""
        super().__init__(parent, t("sync.connect_title"), 540)
        self._on_connected = on_connected
        self.kind = SegmentedControl(
            [("join", t("sync.join")), ("create", t("sync.create"))], t("sync.connect_title")
        )
        self.kind.set_value("join")
        self.kind.chosen.connect(self._on_kind)
        self.body.addWidget(self.kind)
        self.body.addSpacing(4)
        self.form = ConnectForm(store)
        self.form.connected.connect(self._on_done)
        self.form.working.connect(self._on_working)
        self.body.addWidget(self.form)
        self.add_button(t("shell.cancel"), self.reject)
        self.go = self.add_button(t("sync.do_join"), self.form.go, "primary", True)
        self.form.location.setFocus()

    def _on_kind(self, kind: str) -> None:
        self.form.set_create(kind == "create")
        self.go.setText(t(f"sync.do_{kind}"))

    def _on_working(self, working: bool) -> None:
        self.go.setEnabled(not working)

    def _on_done(self, result: "SyncResult") -> None:
        self.accept()
        self._on_connected(result)


class WhoDialog(Dialog):
    """Asks after joining which member this laptop's person is."""

    def __init__(
        self,
        parent: QWidget | None,
        store: Store,
        me: str | None,
        on_chosen: Callable[[str], object],
    ) -> None:
        """List the team; ``on_chosen`` receives the member's id."""
        super().__init__(parent, t("sync.who_title"), 420)
        self._on_chosen = on_chosen
        self.add_text(t("sync.who_text"), "muted")
        self.who = WhoAmI(store)
        self.who.show_members(me)
        self.body.addWidget(self.who)
        self.go = self.add_button(t("sync.who_done"), self._take, "primary", True)

    def _take(self) -> None:
        if not self.who.answered():
            self.who.new.setFocus()
            return
        member = self.who.take()
        self.accept()
        if member is not None:
            self._on_chosen(member)
