"""What this laptop remembers of each paper: language, sections, mark; and of the preview."""

from typing import Any

from desktop_app.ui.view import ShellActions

_PLACE = "papers"


def recall(shell: ShellActions, name: str) -> dict[str, Any]:
    """Return what was kept under a name; unknown things are the caller's to ignore."""
    kept = shell.settings.views.get(_PLACE)
    found = kept.get(name) if isinstance(kept, dict) else None
    return dict(found) if isinstance(found, dict) else {}


def remember(shell: ShellActions, name: str, **values: Any) -> None:
    """Keep values under a name, beside those that are there."""
    kept = shell.settings.views.get(_PLACE)
    papers = dict(kept) if isinstance(kept, dict) else {}
    before = papers.get(name)
    papers[name] = {**(before if isinstance(before, dict) else {}), **values}
    if papers != kept:
        shell.settings.views[_PLACE] = papers
        shell.save_settings()
