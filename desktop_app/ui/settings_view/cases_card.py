"""The team's categories of cases in their order, and from where a case's light turns."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.domain.case_rules import LightLimits
from desktop_app.i18n import t, word
from desktop_app.services import cases
from desktop_app.services.case_rows import categories_in_use
from desktop_app.ui.settings_view.cards import add_line, card
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.buttons import icon_button, label, row
from desktop_app.ui.widgets.text_fields import IntField, TextField

_LIMITS = ("yellow_months", "red_months", "yellow_points", "red_points")


class CasesCard(QFrame):
    """One line for each category, one to add another, and the four limits of the lights."""

    def __init__(self, store: Store, toast: Callable[[str, bool], object]) -> None:
        """Make the fields; ``read`` fills them in.

        Args:
            store: the door to the data.
            toast: says in passing what was done, and whether it can be taken back.
        """
        super().__init__()
        self._store, self._toast = store, toast
        frame, body = card(t("cases.set_categories"), t("cases.set_categories_hint"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.categories: list[str] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        body.addLayout(self._lines)
        self.new = TextField(t("cases.set_add_category"), t("cases.set_add_hint"), inplace=False)
        self.new.setMaximumWidth(300)
        self.new.edited.connect(self._on_add)
        body.addWidget(self.new)
        body.addSpacing(12)
        body.addWidget(label(t("cases.set_lights"), "heading"))
        body.addWidget(label(t("cases.set_lights_hint"), "small", wrap=True))
        self.limits: dict[str, IntField] = {}
        for name in _LIMITS:
            field = IntField(t(f"cases.limit.{name}"), inplace=False)
            field.setFixedWidth(90)
            field.edited.connect(partial(self._on_limit, name))
            self.limits[name] = field
            add_line(body, t(f"cases.limit.{name}"), field)

    def read(self) -> None:
        """Show the team's categories and limits as they are now."""
        self.categories = self._store.look(cases.categories)
        used = self._store.look(categories_in_use)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, code in enumerate(self.categories):
            self._lines.addWidget(self._line(place, code, used.get(code, 0)))
        limits = self._store.look(cases.light_limits)
        for name, field in self.limits.items():
            field.set_value(getattr(limits, name))

    def _line(self, place: int, code: str, used: int) -> QWidget:
        holder = QWidget()
        line = row(holder, 0, 4)
        name = word("case_category", code)
        line.addWidget(label(name))
        line.addStretch(1)
        line.addWidget(label(t("cases.set_used", n=used) if used else "", "small"))
        up = icon_button("arrow-up", t("cases.set_up", name=name), partial(self._move, place, -1))
        down = icon_button(
            "arrow-down", t("cases.set_down", name=name), partial(self._move, place, 1)
        )
        up.setEnabled(place > 0)
        down.setEnabled(place < len(self.categories) - 1)
        gone = partial(self._remove, code, used)
        for one in (up, down, icon_button("trash", t("cases.set_remove", name=name), gone)):
            line.addWidget(one)
        return holder

    # --- writing

    def _write(self, codes: list[str]) -> None:
        self._store.write(t("shell.set_label"), cases.set_categories, codes)
        self.read()

    def _on_add(self, name: str | None) -> None:
        """Add a category; one of the usual ones by its word is that one again."""
        self.new.set_value(None)
        self.new.setText("")
        if name:
            self._write([*self.categories, self._store.look(cases.usual_code, name)])

    def _move(self, place: int, step: int) -> None:
        codes = list(self.categories)
        codes.insert(place + step, codes.pop(place))
        self._write(codes)

    def _remove(self, code: str, used: int) -> None:
        if len(self.categories) == 1:
            self._toast(t("cases.set_keep_one"), False)
            return
        self._write([one for one in self.categories if one != code])
        name = word("case_category", code)
        key = "cases.set_removed_used" if used else "cases.set_removed"
        self._toast(t(key, name=name, n=used), True)

    def _on_limit(self, name: str, value: int | None) -> None:
        limits = self._store.look(cases.light_limits)
        new = replace(limits, **{name: getattr(LightLimits(), name) if value is None else value})
        try:
            self._store.write(t("shell.set_label"), cases.set_light_limits, new)
        finally:
            # One that was refused goes back to what holds.
            self.read()
