"""Which papers there are for which records; known without loading what makes them."""

from desktop_app.i18n import t

#: By name: the kind of its record (empty for none), and its icon.
_PAPERS = {
    "trip-briefing": ("trips", "file-text"),
    "trip-report": ("trips", "clipboard-list"),
    "pocket-card": ("trips", "contact"),
    "contact-sheet": ("trips", "users"),
    "lead-brief": ("leads", "target"),
    "dispatch-minutes": ("dispatch-meetings", "gavel"),
    "weekly": ("", "chart-column"),
    "monthly": ("", "chart-column"),
    "yearly": ("", "chart-column"),
}
#: The view that a paper is shown in.
VIEWS = {"trips": "trips", "leads": "leads", "dispatch-meetings": "cases", "": "desk"}
#: The papers that can be saved for a word processor.
_WORD = {"trip-report"}


def offered(kind: str | None = None) -> list[str]:
    """Return the names of the papers of a kind of record, or of all papers."""
    return [name for name, (own, _icon) in _PAPERS.items() if kind is None or own == kind]


def kind_of(name: str) -> str:
    """Return the kind of record that a paper is about; empty for none."""
    return _PAPERS[name][0]


def icon_of(name: str) -> str:
    """Return the name of a paper's icon."""
    return _PAPERS[name][1]


def view_of(name: str) -> str:
    """Return the view that a paper is shown in."""
    return VIEWS[kind_of(name)]


def has_word(name: str) -> bool:
    """Say whether a paper can be saved for a word processor."""
    return name in _WORD


def title_of(name: str, lang: str | None = None) -> str:
    """Return what a paper is called."""
    return t(f"papers.{name}", lang)
