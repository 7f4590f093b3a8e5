"""The filters above the table of all approvals."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_app.domain.words_after import ApprovalKind
from desktop_app.i18n import t, word
from desktop_app.ui.approvals.item_filter import PART_OF, SHOWN, ItemFilter
from desktop_app.ui.widgets.text_fields import ChoiceField


class ItemFilters(dict[str, ChoiceField]):
    """The fields by name: ``shown``, ``kind``, ``department``, ``owner``."""

    def __init__(self) -> None:
        """Make the fields; nothing but the open approvals is chosen."""
        super().__init__()
        shown = [(code, t(f"approvals.shown.{code}")) for code in SHOWN]
        kinds = [(one.value, word("approval_kind", one.value)) for one in ApprovalKind]
        mine = [("mine", t("approvals.mine"))]
        for name, width, text, choices, every in (
            ("shown", 112, t("approvals.which"), shown, None),
            ("kind", 104, t("words.field.kind"), kinds, t("approvals.every_kind")),
            ("department", 136, t("words.field.department"), [], t("approvals.every_department")),
            ("owner", 100, t("words.field.owner"), mine, t("approvals.everyone")),
        ):
            field = self[name] = ChoiceField(text, choices, every, inplace=False)
            field.setFixedWidth(width)
            field.setToolTip(text)
        self["shown"].set_value(SHOWN[0])

    def part(self) -> str:
        """Return what must be read for what is chosen."""
        return PART_OF.get(str(self["shown"].value()), "open")

    def chosen(self, me: str | None) -> ItemFilter:
        """Return what is chosen; ``me`` is the member at this laptop."""
        values = {name: str(field.value() or "") for name, field in self.items()}
        mine = values["owner"] == "mine"
        return ItemFilter(**{**values, "owner": (me or "-") if mine else ""})

    def offer_departments(self, names: Sequence[str]) -> None:
        """Offer the departments that there are; what was chosen stays."""
        field = self["department"]
        value = field.value()
        field.clear()
        field.addItem(t("approvals.every_department"), None)
        for name in names:
            field.addItem(name, name)
        field.set_value(value)

    def clear_for(self, is_open: bool) -> None:
        """Choose what shows a certain approval whatever it is."""
        for name in ("kind", "department", "owner"):
            self[name].set_value(None)
        self["shown"].set_value("open" if is_open else "all")

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a saved choice."""
        for name, value in state.items():
            if name in self and isinstance(value, str):
                self[name].set_value(value)
        if self["shown"].value() not in SHOWN:
            self["shown"].set_value(SHOWN[0])
