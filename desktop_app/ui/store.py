"""The one door of the window to the data: reads, writes, undo, and the signal that follows."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.db.seal import Changes
from desktop_app.db.workspace import Workspace

if TYPE_CHECKING:
    from desktop_app.db.undo import Step

R = TypeVar("R")


class Store(QObject):
    """Runs services in a session of the workspace and tells every view what a write altered."""

    #: Carries ``Changes``: the tables and ids that the write, undo, import or restore altered.
    changed = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        """Stand before an open workspace."""
        super().__init__()
        self.workspace = workspace

    def read(self, verb: Callable[..., R], *args: Any, **fields: Any) -> R:
        """Return what a service reads: ``store.read(leads.lead_rows)``."""
        with self.workspace.read() as session:
            return verb(session, *args, **fields)

    def write(self, label: str, verb: Callable[..., R], *args: Any, **fields: Any) -> R:
        """Run a service as one transaction and one undo step named ``label``.

        Raises:
            DeskError: the service or the disk refused; nothing was changed.
        """
        with self.workspace.write(label) as session:
            result = verb(session, *args, **fields)
        self.changed.emit(self.workspace.last_changes)
        return result

    def undo(self) -> "Step | None":
        """Take the latest step back; return it, or None when there is none."""
        from desktop_app.db.undo import undo

        return self._announced(undo(self.workspace))

    def redo(self) -> "Step | None":
        """Do the step taken back again; return it, or None when there is none."""
        from desktop_app.db.undo import redo

        return self._announced(redo(self.workspace))

    def _announced(self, step: "Step | None") -> "Step | None":
        """Tell the views when a step was taken."""
        if step is not None:
            self.changed.emit(self.workspace.last_changes)
        return step

    def announce(self, changes: Changes | None = None) -> None:
        """Tell the views of a write that a background job made."""
        self.changed.emit(changes or self.workspace.last_changes)
