"""The one door of the window to the data: reads, writes, undo, and the signal that follows."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.db.change import Changes
from desktop_app.db.workspace import Workspace
from desktop_app.ui import typing_mark
from desktop_app.ui.read_ahead import MISSING, Ask, ReadAhead

if TYPE_CHECKING:
    from desktop_app.db.undo import Step
    from desktop_app.services.ahead import Ahead
    from desktop_app.services.lead_rows import LeadRow

R = TypeVar("R")
_KEPT = 500


class Store(QObject):
    """Runs services in a session of the workspace and tells every view what a write altered."""

    #: Carries ``Changes``: the tables and ids that the write, undo, import or restore altered.
    changed = Signal(object)

    def __init__(self, workspace: Workspace, ahead: "Ahead | None" = None) -> None:
        """Stand before an open workspace; ``ahead`` has the first rows when they are asked for."""
        super().__init__()
        self.workspace = workspace
        self._ahead = ahead
        self.ahead = ReadAhead(workspace)
        # What the views show: (when they read it, up to which place in the log).
        self._shown: list[tuple[float, int]] = []
        self.note_shown()

    def read(self, verb: Callable[..., R], *args: Any, **fields: Any) -> R:
        """Return what a service reads: ``store.read(lead_rows)``."""
        found = self.ahead.answer(Ask(False, verb, args, tuple(fields.items())))
        if found is not MISSING:
            return found  # type: ignore[no-any-return] # what the same verb returned before
        with self.workspace.read() as session:
            return verb(session, *args, **fields)

    def look(self, verb: Callable[..., R], *args: Any, **fields: Any) -> R:
        """Return what a service reads by the plain driver: the first window needs no session."""
        found = self.ahead.answer(Ask(True, verb, args, tuple(fields.items())))
        if found is not MISSING:
            return found  # type: ignore[no-any-return] # what the same verb returned before
        with self.workspace.look() as connection:
            return verb(connection, *args, **fields)

    def all_leads(self) -> "list[LeadRow]":
        """Return every lead; at the first time they may have been read while the window came."""
        from desktop_app.services.lead_rows import lead_rows

        ahead, self._ahead = self._ahead, None
        found = ahead.take(self.workspace.log_position()) if ahead is not None else None
        return self.look(lead_rows) if found is None else found

    def write(
        self,
        label: str,
        verb: Callable[..., R],
        *args: Any,
        seen: int | None = None,
        **fields: Any,
    ) -> R:
        """Run a service as one transaction and one undo step named ``label``.

        Args:
            label: what the person does, in their language.
            verb: the service.
            args: what it takes after the session.
            seen: the place in the log up to which its author had seen the data; by default what
                was shown when they began to type in the field that is being committed.
            fields: what it takes by name.

        Raises:
            DeskError: the service or the disk refused; nothing was changed.
        """
        if seen is None:
            seen = self.position_at(typing_mark.since())
        with self.workspace.write(label, seen=seen) as session:
            session.info["seen"] = seen
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
        """Tell the views of a write that a background job made, or of what a sync brought."""
        self.note_shown()
        self.changed.emit(changes or self.workspace.last_changes)

    def note_shown(self) -> None:
        """Note that the views are about to show all that is in the log now."""
        self._shown.append((time.monotonic(), self.workspace.log_position()))
        del self._shown[:-_KEPT]

    def position_at(self, moment: float | None) -> int | None:
        """Return the place in the log up to which the views showed the data at a moment.

        What this laptop itself wrote since is not counted: its author knows of it anyway.
        """
        if moment is None:
            return None
        before = [position for at, position in self._shown if at <= moment]
        return before[-1] if before else self._shown[0][1]
