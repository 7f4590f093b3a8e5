"""Writing papers in tests, and reading what is on their pages."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pypdfium2

from desktop_app.reports.paper import Order
from desktop_app.reports.papers import PAPERS, write_paper

NOW = dt.datetime(2026, 11, 15, 10, 20, tzinfo=dt.UTC)
TEAM = "镇江新区招商中心"


def order(lang: str = "zh", **more: Any) -> Order:
    """Return an order of the tests' team and moment."""
    fields: dict[str, Any] = {"lang": lang, "now": NOW, "team": TEAM} | more
    return Order(**fields)


def write(name: str, facts: Any, path: Path, lang: str = "zh", **more: Any) -> None:
    """Write the paper of a name."""
    write_paper(PAPERS[name], facts, order(lang, **more), path)


def pages(path: Path) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_range() for page in document]


def flat(text: str) -> str:
    """Return text without the ends of lines, which are the paper's and not the record's."""
    return re.sub(r"\s+", "", text)
