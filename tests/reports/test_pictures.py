"""Pages compared with pictures of them that were looked at before they were stored.

``pytest tests/reports/test_pictures.py --new-pictures`` renews them: look at each before it is
committed. Where a page differs, the message says in which place; the new one stands beside it.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.db.workspace import Workspace
from desktop_app.reports.papers import PAPERS, write_paper
from desktop_app.services.demo_year import make_year
from tests.reports.paper_tools import NOW, order
from tests.reports.picture_checks import PICTURES, difference, picture_of, store
from tests.reports.sample_team import add_sample_team, hold_sample_trip

BACK = dt.datetime(2026, 11, 28, 9, 0, tzinfo=dt.UTC)
# What is printed once the delegation is back.
AFTER = {"trip-report", "monthly"}
# Paper, language, page.
PAGES = (
    ("trip-briefing", "zh", 1),  # the cover
    ("trip-briefing", "en", 2),  # all on one page
    ("trip-briefing", "both", 4),  # the route map
    ("trip-briefing", "zh", 4),  # the delegation
    ("trip-briefing", "en", 5),  # the programme
    ("trip-briefing", "zh", 7),  # a meeting's sheet
    ("trip-briefing", "both", 11),
    ("lead-brief", "both", 1),
    ("weekly", "zh", 1),
    ("pocket-card", "both", 2),
    ("contact-sheet", "en", 2),
    ("trip-report", "zh", 3),
    ("trip-report", "en", 1),
    ("monthly", "en", 1),
    ("yearly", "zh", 1),
    ("yearly", "en", 2),
    ("yearly", "both", 13),
)
YEAR_END = dt.datetime(2022, 12, 31, 4, 0, tzinfo=dt.UTC)


class Papers:
    """The sample team's papers, each printed when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._workspace = Workspace.open(folder / "workspace")
        with self._workspace.write("a team") as session:
            self._ids = add_sample_team(session)
        self._back = False
        # The year on record has a workspace of its own: its leads are no part of that trip's.
        self._year = Workspace.open(folder / "year")
        with self._year.write("a year") as session:
            make_year(session, YEAR_END.year)

    def close(self) -> None:
        self._workspace.close()
        self._year.close()

    def path(self, name: str, lang: str) -> Path:
        """Return a paper's file."""
        path = self._folder / f"{name}-{lang}.pdf"
        if path.exists():
            return path
        if name in AFTER and not self._back:
            self._back = True
            with self._workspace.write("back") as session:
                hold_sample_trip(session, self._ids["trips"])
        now = YEAR_END if name == "yearly" else BACK if name in AFTER else NOW
        wanted, paper = order(lang, now=now), PAPERS[name]
        with (self._year if name == "yearly" else self._workspace).read() as session:
            facts = paper.read(session, self._ids[paper.KIND], wanted, self._folder)
        write_paper(paper, facts, wanted, path)
        return path


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Papers]:
    made = Papers(tmp_path_factory.mktemp("papers"))
    yield made
    made.close()


def stored(name: str, lang: str, page: int) -> Path:
    """Return the place of a page's picture."""
    return PICTURES / f"{name}-{lang}-{page}.png"


def test_the_pages_look_as_they_did(
    papers: Papers, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    """One test for all, as papers of the trip's start come before those of its end."""
    changed = []
    for name, lang, page in sorted(PAGES, key=lambda one: one[0] in AFTER):
        image = picture_of(papers.path(name, lang), page)
        place = stored(name, lang, page)
        if pytestconfig.getoption("--new-pictures"):
            PICTURES.mkdir(exist_ok=True)
            store(image, place)
        with Image.open(place) as before:
            found = difference(before, image)
        if found.too_much:
            image.save(tmp_path / place.name)
            changed.append((place.name, found, str(tmp_path / place.name)))
    assert changed == []


def test_no_picture_is_stored_that_nothing_is_compared_with() -> None:
    assert set(PICTURES.glob("*.png")) == {stored(*page) for page in PAGES}
    assert max(path.stat().st_size for path in PICTURES.glob("*.png")) <= 30_000


@pytest.mark.parametrize("name", ["trip-briefing-zh-7", "trip-briefing-en-5"])
def test_a_line_that_is_moved_or_missing_is_seen(name: str) -> None:
    with Image.open(PICTURES / f"{name}.png") as opened:
        page = opened.convert("L")
    lines = text_lines(page)
    words = [(top, bottom) for top, bottom in lines[2:-2] if bottom - top >= 4]
    assert len(words) > 12
    for top, bottom in words:
        missing = page.copy()
        missing.paste(255, (0, top, page.width, bottom))
        assert difference(page, missing).too_much, (top, bottom)
        # Everything from here on three points lower, as by another space above a heading.
        moved = page.copy()
        moved.paste(page.crop((0, top, page.width, page.height - 3)), (0, top + 3))
        moved.paste(255, (0, top, page.width, top + 3))
        assert difference(page, moved).too_much, (top, bottom)


def test_letters_smoothed_in_another_way_are_no_difference(papers: Papers) -> None:
    for name, lang, page in PAGES[:4]:
        image = picture_of(papers.path(name, lang), page)
        for part in (0.15, 0.25):
            # All strokes fall between the dots in another way.
            matrix = (1, 0, part, 0, 1, part)
            other = image.transform(
                image.size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC
            )
            assert not difference(image, other).too_much, (name, page, difference(image, other))


def text_lines(page: Image.Image) -> list[tuple[int, int]]:
    """Return the top and the bottom of each line of text."""
    inked = [min(page.crop((0, y, page.width, y + 1)).tobytes()) < 200 for y in range(page.height)]
    found, start = [], None
    for y, ink in enumerate([*inked, False]):
        if ink and start is None:
            start = y
        elif not ink and start is not None:
            found.append((start, y))
            start = None
    return found
