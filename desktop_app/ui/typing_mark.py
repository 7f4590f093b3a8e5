"""When a person began to type what a field commits: a sync may have come in meanwhile.

A field notes the moment of the first key, not what was in the database then: it knows of none.
While it commits, the store asks for that moment and tells the database what had been shown.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class _Now:
    """The commit that is under way, if one is."""

    since: float | None = None


def since() -> float | None:
    """Return when typing began for the commit under way (monotonic seconds); None outside one."""
    return _Now.since


class TypingMark:
    """Notes for one field when its typing began."""

    def __init__(self) -> None:
        """Nothing is typed yet."""
        self._since: float | None = None

    def begin(self) -> None:
        """Typing begins, if it had not begun before."""
        if self._since is None:
            self._since = time.monotonic()

    def forget(self) -> None:
        """What was typed is saved or given up."""
        self._since = None

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Let writes inside know when typing began; the next typing begins anew."""
        outer = _Now.since
        began, self._since = self._since, None
        # A field within a field (an amount and its currency): the one that was typed in tells.
        _Now.since = outer if began is None else began
        try:
            yield
        finally:
            _Now.since = outer
