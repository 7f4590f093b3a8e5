"""The twelve pages of the user guide: their order, their texts, and the views they tell of."""

from collections.abc import Iterator
from pathlib import Path

from desktop_app.i18n import language
from desktop_app.paths import resource

#: Each page with the views from which F1 opens it.
PAGES: dict[str, tuple[str, ...]] = {
    "start": ("",),
    "desk": ("desk",),
    "leads": ("leads", "companies", "contacts"),
    "trips": ("trips",),
    "on-the-road": ("follow-ups",),
    "papers": (),
    "after-the-trip": (),
    "import-export": ("import",),
    "sharing": ("conflicts", "incoming"),
    "after-signing": ("cases", "approvals", "financing", "events"),
    "year": ("figures",),
    "every-day": ("settings",),
}


def page_of(view: str) -> str:
    """Return the page that tells of a view, the first one where none does."""
    return next((name for name, views in PAGES.items() if view in views), next(iter(PAGES)))


def file_of(name: str, lang: str = "") -> Path:
    """Return the file of a page's text."""
    number = list(PAGES).index(name) + 1
    return resource("guide", lang or language(), f"{number:02}-{name}.md")


def text_of(name: str, lang: str = "") -> str:
    """Return the text of a page, as Markdown."""
    return file_of(name, lang).read_text("utf-8")


def title_of(name: str, lang: str = "") -> str:
    """Return the title of a page: its first line."""
    return text_of(name, lang).partition("\n")[0].removeprefix("# ")


def found(words: str) -> Iterator[str]:
    """Yield the pages that contain every one of some words; all pages for no words."""
    asked = words.casefold().split()
    for name in PAGES:
        text = text_of(name).replace("**", "").casefold()
        if all(word in text for word in asked):
            yield name
