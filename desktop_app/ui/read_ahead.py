"""Reads in the background what a view is about to read again, so that the window stands not still.

What a view asks for while it refreshes is noted. When a sync has brought something, the same is
asked in another thread, and the view then finds the answers ready. An answer holds only as long as
nothing was written since; otherwise the view reads for itself, as ever.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, TypeVar

from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError

R = TypeVar("R")
MISSING = object()
_MOST = 60


class Ask(NamedTuple):
    """One reading: by a session or the plain driver, which service, with what."""

    plain: bool
    verb: Callable[..., Any]
    args: tuple[Any, ...]
    fields: tuple[tuple[str, Any], ...]


class Reading:
    """What is read in another thread, on connections that the window does not wait for."""

    def __init__(self, workspace: Workspace) -> None:
        """Have read nothing."""
        self._workspace = workspace
        self.found: dict[Ask, Any] = {}

    def read(self, verb: Callable[..., R], *args: Any) -> R:
        """Return what a service reads in a session; the store will answer the same."""
        found: R = self.answer(Ask(False, verb, args, ()))
        return found

    def look(self, verb: Callable[..., R], *args: Any) -> R:
        """Return what a service reads by the plain driver; the store will answer the same."""
        found: R = self.answer(Ask(True, verb, args, ()))
        return found

    def answer(self, ask: Ask) -> Any:
        """Ask, and keep the answer."""
        how = self._workspace.look_aside if ask.plain else self._workspace.read
        with how() as source:
            self.found[ask] = ask.verb(source, *ask.args, **dict(ask.fields))
        return self.found[ask]


class ReadAhead:
    """Belongs to a store, which lets it answer first."""

    def __init__(self, workspace: Workspace) -> None:
        """Know no view yet."""
        self._workspace = workspace
        self._asked: dict[str, list[Ask]] = {}
        self._noting: list[Ask] | None = None
        self._ready: dict[Ask, Any] = {}

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

    def read(self, view: str, prepare: Callable[[Reading], None]) -> tuple[int, dict[Ask, Any]]:
        """Ask, in any thread, what a view is about to ask; return the place in the log too.

        Args:
            view: its name: what it asked for last is asked again.
            prepare: asks first what the view knows to be needed now; of the verbs it asks by,
                nothing else is asked.
        """
        position = self._workspace.log_position()
        reading = Reading(self._workspace)
        prepare(reading)
        known = {ask.verb for ask in reading.found}
        for ask in self._asked.get(view, []):
            # A record may be gone by now: the view finds that out for itself.
            if ask.verb not in known:
                with suppress(DeskError):
                    reading.answer(ask)
        return position, reading.found

    @contextmanager
    def using(self, position: int, found: dict[Ask, Any]) -> Iterator[None]:
        """Give these answers inside, if nothing was written since they were read."""
        self._ready = found if self._workspace.log_position() == position else {}
        try:
            yield
        finally:
            self._ready = {}
