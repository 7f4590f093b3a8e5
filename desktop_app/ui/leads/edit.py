"""Writes of this view: one labelled undo step each, refusals said in passing."""

from collections.abc import Callable, Sequence
from typing import Any

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.services import leads
from desktop_app.ui.leads.lead_fields import FIELDS, field_label
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions


class Edit:
    """The store, the window and the finder that all parts of the view share."""

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Keep what a write needs."""
        self.store, self.shell = store, shell
        self.find = RecordFinder(store)

    def write(self, label: str, verb: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        """Run a service as one undo step; return its result, or False when it refused."""
        try:
            return self.store.write(label, verb, *args, **fields)
        except DeskError as error:
            self.say(error)
            return False

    def say(self, error: DeskError) -> None:
        """Say what was refused."""
        values: dict[str, Any] = error.values
        self.shell.toast(t(f"errors.{error.key}", **values))

    def field(self, lead_id: str, column: str, value: Any) -> bool:
        """Save one field of a lead that was just edited."""
        field = FIELDS[column]
        label = t("leads.do.edit", field=field.label)
        if column == "previous_amount_minor":
            verb = leads.set_previous_amount
            return self.write(label, verb, lead_id, value.minor, value.currency) is not False
        done = self.write(label, leads.update_lead, lead_id, **field.values(value))
        return done is not False

    def several(self, ids: Sequence[str], column: str, value: Any) -> bool:
        """Save one field of several leads as one undo step."""
        values = FIELDS[column].values(value)
        label = t("leads.do.edit_many", field=field_label(column), count=len(ids))
        return self.write(label, _update_all, list(ids), values) is not False


def _update_all(session: Any, ids: Sequence[str], values: dict[str, Any]) -> None:
    for one in ids:
        leads.update_lead(session, one, **values)
