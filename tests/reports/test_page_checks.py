"""The checks of printed pages find what they are for."""

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop_app.reports.fonts import REGULAR, register
from tests.reports.page_checks import outside, overlaps


def printed(path: Path, *texts: tuple[float, float, str]) -> Path:
    register()
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont(REGULAR, 10)
    for x, y, text in texts:
        canvas.drawString(x, y, text)
    canvas.save()
    return path


def test_texts_that_cover_each_other_are_found(tmp_path: Path) -> None:
    path = printed(
        tmp_path / "a.pdf",
        (100, 700, "第一行"),
        (115, 704, "Zweite Zeile"),
        (100, 600, "freier Text"),
        (100, 586, "darunter"),
        (300, 500, "gleich"),
        (300, 500, "gleich"),
    )
    assert overlaps(path) == [(1, "第一行", "Zweite Zeile"), (1, "gleich", "gleich")]


def test_texts_beyond_the_margin_are_found(tmp_path: Path) -> None:
    width, height = A4
    path = printed(
        tmp_path / "a.pdf",
        (17 * mm, 400, "am Rand"),
        (10, 300, "links"),
        (width - 60, 200, "rechts hinaus"),
        (100, height - 20, "oben"),
        (100, 30, "Fuß"),
    )
    assert [text for _, text in outside(path, 17 * mm)] == ["links", "rechts hinaus", "oben", "Fuß"]
    assert [text for _, text in outside(path, 17 * mm, bottom=20, top=5)] == [
        "links",
        "rechts hinaus",
    ]
