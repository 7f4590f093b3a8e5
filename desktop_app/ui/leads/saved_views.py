"""Named views: a filter, an order and the choice of table or board under one name."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop_app.i18n import t
from desktop_app.ui.leads.lead_filter import LeadFilter
from desktop_app.ui.widgets.buttons import menu_button

_TALKS = ("negotiating", "site_review", "ready_to_sign")


def ready_made() -> list[dict[str, Any]]:
    """Return the views that are there from the start."""
    return [
        {"name": t("leads.view.all"), "filter": {}},
        {"name": t("leads.view.mine"), "filter": {"mine": True, "statuses": ["active"]}},
        {"name": t("leads.view.talks"), "filter": {"stages": list(_TALKS)}},
        {"name": t("leads.view.overdue"), "filter": {"due": "overdue"}},
        {"name": t("leads.view.stale"), "filter": {"stale": True}},
    ]


class SavedViews:
    """The menu of views; the view's own are kept in the laptop's settings."""

    def __init__(
        self,
        parent: QWidget,
        current: Callable[[], dict[str, Any]],
        use: Callable[[dict[str, Any]], None],
    ) -> None:
        """``current`` gives what is seen now; ``use`` brings back what was kept."""
        self._parent, self._current, self._use = parent, current, use
        self.own: list[dict[str, Any]] = []
        self.chosen = self._in_use = ""
        self.menu = QMenu(parent)
        self.menu.aboutToShow.connect(self.fill)
        self.button: QPushButton = menu_button(t("leads.views"), self.menu)

    def fill(self) -> None:
        """Word the menu as things are now."""
        self.menu.clear()
        # Without a name and without a filter all leads are shown.
        plain = not self.chosen and not LeadFilter.from_json(self._current()["filter"]).count()
        self._in_use = t("leads.view.all") if plain else self.chosen
        self._add_all(ready_made())
        if self.own:
            self.menu.addSeparator()
            self._add_all(self.own)
        self.menu.addSeparator()
        self.menu.addAction(t("leads.view.save")).triggered.connect(self.ask_name)
        if self.own:
            gone = self.menu.addMenu(t("leads.view.remove"))
            for view in self.own:
                gone.addAction(view["name"]).triggered.connect(
                    lambda _on=False, v=view: self.own.remove(v)
                )

    def _add_all(self, views: list[dict[str, Any]]) -> None:
        for view in views:
            action = self.menu.addAction(view["name"])
            action.setCheckable(True)
            action.setChecked(view["name"] == self._in_use)
            action.triggered.connect(lambda _on=False, v=view: self.choose(v))

    def choose(self, view: dict[str, Any]) -> None:
        """Bring a view back."""
        self._use(view)
        self.set_chosen(view["name"])

    def set_chosen(self, name: str) -> None:
        """Show the name of the view in use, or none after the filter was altered."""
        self.chosen = name
        self.button.setText(name or t("leads.views"))

    def ask_name(self) -> None:
        """Ask under which name the present view is kept."""
        from desktop_app.ui.widgets.dialogs import Dialog
        from desktop_app.ui.widgets.text_fields import TextField

        dialog = Dialog(self._parent, t("leads.view.save"), 380)
        field = TextField(t("leads.view.name"), t("leads.view.name"), inplace=False)
        dialog.body.addWidget(field)

        def keep() -> None:
            name = field.text().strip()
            if name:
                dialog.accept()
                self.keep(name)

        dialog.add_button(t("leads.cancel"), dialog.reject)
        dialog.add_button(t("leads.save"), keep, "primary", True)
        field.setFocus()
        dialog.open()

    def keep(self, name: str) -> None:
        """Keep the present view under a name; the same name is replaced."""
        view = {"name": name, **self._current()}
        self.own = [v for v in self.own if v["name"] != name] + [view]
        self.set_chosen(name)

    def restore(self, state: Any) -> None:
        """Take up what was kept; what is not understood is left out."""
        if not isinstance(state, list):
            return
        self.own = [
            {**view, "filter": LeadFilter.from_json(view.get("filter")).to_json()}
            for view in state
            if isinstance(view, dict) and isinstance(view.get("name"), str)
        ]
