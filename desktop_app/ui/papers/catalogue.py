"""Which papers there are for which records; known without loading what makes them."""

from importlib.util import find_spec

from desktop_app.i18n import t

#: By name: the kind of its record (empty for none), its icon, and the module that makes it.
_PAPERS = {
    "trip-briefing": ("trips", "file-text", "trip_briefing"),
    "trip-report": ("trips", "clipboard-list", "trip_report"),
    "pocket-card": ("trips", "contact", "pocket_card"),
    "contact-sheet": ("trips", "users", "contact_sheet"),
    "lead-brief": ("leads", "target", "lead_brief"),
    "weekly": ("", "chart-column", "period_report"),
    "monthly": ("", "chart-column", "period_report"),
}
#: The view that a paper is shown in.
VIEWS = {"trips": "trips", "leads": "leads", "": "desk"}
#: The papers that can be saved for a word processor, by the module that writes them.
_WORD = {"trip-report": "trip_report_docx"}


def _there(module: str) -> bool:
    return find_spec(f"desktop_app.reports.{module}") is not None


def offered(kind: str | None = None) -> list[str]:
    """Return the names of the papers of a kind of record, or of all papers."""
    return [
        name
        for name, (own, _icon, module) in _PAPERS.items()
        if (kind is None or own == kind) and _there(module)
    ]


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
    return name in _WORD and _there(_WORD[name])


def title_of(name: str, lang: str | None = None) -> str:
    """Return what a paper is called."""
    return t(f"papers.{name}", lang)
