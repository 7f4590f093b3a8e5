"""Reads in the background what a view is about to read again, so that the window stands not still.

What a view asks for while it refreshes is noted. When a sync has brought something, the same is
asked in another thread, and the view then finds the answers ready. An answer holds only as long as
nothing was written since; otherwise the view reads for itself, as ever.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError

MISSING = object()
_MOST = 60


class Ask(NamedTuple):
    """One reading: by a session or the plain driver, which service, with what."""

    plain: bool
    verb: Callable[..., Any]
    args: tuple[Any, ...]
    fields: tuple[tuple[str, Any], ...]


class ReadAhead:
    """Belongs to a store, which lets it answer first."""

    def __init__(self, workspace: Workspace) -> None:
        """Know no view yet."""
        self._workspace = workspace
        self._asked: dict[str, list[Ask]] = {}
        self._noting: list[Ask] | None = None
        self._ready: dict[Hashable, Any] = {}

    @contextmanager
    def noting(self, view: str) -> Iterator[None]:
        """Note what is read inside as what this view reads."""
        self._noting = []
        try:
            yield
        finally:
            self._asked[view], self._noting = self._noting or [], None

    def answer(self, ask: Ask) -> Any:
        """Return the answer read ahead, once, or ``MISSING``; note the question."""
        try:
            hash(ask)
        except TypeError:
            return MISSING
        if self._noting is not None and len(self._noting) < _MOST:
            self._noting.append(ask)
        return self._ready.pop(ask, MISSING) if self._ready else MISSING

    def read(self, view: str) -> tuple[int, dict[Hashable, Any]]:
        """Ask again, in any thread, what a view asked for last; return the place in the log too."""
        position = self._workspace.log_position()
        found: dict[Hashable, Any] = {}
        for ask in self._asked.get(view, []):
            how = self._workspace.look if ask.plain else self._workspace.read
            # A record may be gone by now: the view finds that out for itself.
            with suppress(DeskError), how() as session:
                found[ask] = ask.verb(session, *ask.args, **dict(ask.fields))
        return position, found

    @contextmanager
    def using(self, position: int, found: dict[Hashable, Any]) -> Iterator[None]:
        """Give these answers inside, if nothing was written since they were read."""
        self._ready = found if self._workspace.log_position() == position else {}
        try:
            yield
        finally:
            self._ready = {}
