"""What can be done to approvals: each one step that can be undone, told in passing."""

from typing import Any

from desktop_app.domain.words_after import ApprovalKind
from desktop_app.i18n import t
from desktop_app.services import approvals, records
from desktop_app.ui.store import Store
from desktop_app.ui.table_with_pane import for_each
from desktop_app.ui.view import ShellActions

#: How an approval can be marked.
MARKS = ("applied", "done", "not_needed")


class ApprovalVerbs:
    """Writes by the services, and says so."""

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Keep what the verbs work with."""
        self._store, self._shell = store, shell

    def add(self, lead_id: str) -> str:
        """Add an approval to a project and return its id."""
        new_id: str = self._store.write(
            t("approvals.do.add"),
            approvals.add_approval,
            lead_id,
            title=t("approvals.new_title"),
            kind=ApprovalKind.OTHER.value,
            owner_id=self._shell.me,
        )
        return new_id

    def start_checklist(self, lead_id: str) -> list[str]:
        """Give a project the lines of the checklist that it has not got yet; return the new ids."""
        made = self._store.write(t("approvals.do.start"), approvals.start_checklist, lead_id)
        self._shell.toast(t("approvals.started", n=len(made)), undo=bool(made))
        return made

    def mark(self, verb: str, ids: list[str]) -> None:
        """Mark approvals as applied or done today, or as not needed."""
        self._store.write(t(f"approvals.do.{verb}"), approvals.mark, ids, verb)
        self._shell.toast(t(f"approvals.marked.{verb}", n=len(ids)), undo=True)

    def move(self, approval_id: str, step: int) -> None:
        """Move an approval up or down in its project's checklist."""
        self._store.write(t("approvals.do.move"), approvals.move_approval, approval_id, step)

    def delete(self, ids: list[str]) -> None:
        """Delete approvals."""

        def delete(session: Any, record_id: str) -> None:
            records.delete(session, "approvals", record_id)

        self._store.write(t("approvals.do.delete"), for_each(delete, ids))
        self._shell.toast(t("approvals.deleted", n=len(ids)), undo=True)
