"""Photos of business cards, read on this computer."""

import socket
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from desktop_app.domain.errors import DeskError
from desktop_app.exchange import card_photo
from desktop_app.exchange.card_photo import Box, in_lines, read_card
from desktop_app.exchange.signature import read_person
from desktop_app.paths import resource

needs_reader = pytest.mark.skipif(
    not card_photo.is_available(), reason="the extra 'cards' is not installed (dev.py test --cards)"
)
_CARDS = {
    "zh": ("王敏", "招商总监", "滨江新区发展有限公司", "苏州市工业园区星湖街218号", "138 5550 1037",
           "wangmin@binjiang.example"),
    "en": ("John Parker", "Sales Director", "Harborview Controls Ltd", "12 Mill Street",
           "+44 20 7946 0018", "j.parker@harborview.example"),
    "de": ("Dr. Anna Müller-Keller", "Geschäftsführerin", "Rißstetter Medizintechnik GmbH & Co. KG",
           "Neckarstraße 7", "+49 711 123 45 67", "a.mueller@rissstetter.example"),
    "it": ("Niccolò Ferrari", "Direttore Acquisti", "Sanlandri Idraulica S.r.l.", "Via Emilia 22",
           "+39 059 123 456", "n.ferrari@sanlandri.example"),
}  # fmt: skip


def _card(folder: Path, lines: tuple[str, ...], turned: int = 0) -> Path:
    """Print a card and take a photo of it: grey, a little askew, on a dark table."""
    font = str(resource("fonts", "InvestDeskSans-Regular.ttf"))
    card = Image.new("RGB", (1050, 620), (246, 244, 238))
    draw = ImageDraw.Draw(card)
    for n, line in enumerate(lines):
        size = 52 if n == 0 else 34
        draw.text((70, 60 + n * 85), line, (30, 32, 40), ImageFont.truetype(font, size))
    photo = Image.new("RGB", (1500, 1100), (70, 62, 55))
    photo.paste(card.rotate(2, expand=True, fillcolor=(70, 62, 55)), (200, 220))
    path = folder / "card.jpg"
    photo.rotate(turned, expand=True).save(path, quality=80)
    return path


@needs_reader
@pytest.mark.parametrize("lang", list(_CARDS))
def test_a_card_is_read_in_the_languages_of_the_trips(tmp_path: Path, lang: str) -> None:
    name, title, company, _street, number, mail = _CARDS[lang]
    person = read_person(read_card(_card(tmp_path, _CARDS[lang])))
    assert (person.name or person.name_zh) == name
    assert person.title == title
    assert person.company == company
    assert person.email == mail
    assert (person.phone + person.mobile).replace(" ", "").endswith(number[-7:].replace(" ", ""))


@needs_reader
def test_it_reads_without_any_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    card_photo._reader.cache_clear()
    assert "Parker" in read_card(_card(tmp_path, _CARDS["en"]))


@needs_reader
def test_a_picture_that_is_no_card_says_so(tmp_path: Path) -> None:
    path = tmp_path / "sky.png"
    Image.new("RGB", (800, 600), (120, 160, 220)).save(path)
    with pytest.raises(DeskError, match="card_unreadable"):
        read_card(path)


@needs_reader
@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff\xe0" + bytes(300)])
def test_a_file_that_is_no_picture_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "card.jpg"
    path.write_bytes(content)
    with pytest.raises(DeskError, match="not_a_picture"):
        read_card(path)


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_photo, "is_available", lambda: False)
    with pytest.raises(DeskError, match="cards_missing"):
        read_card(tmp_path / "card.jpg")


def test_pieces_become_lines_and_columns_stay_apart() -> None:
    boxes = [
        Box("Zürich", 320, 101, 30),
        Box("Anna Keller", 60, 20, 40),
        Box("CH-8005", 180, 100, 30),
        Box("+41 44 123 45 67", 900, 102, 30),
    ]
    assert in_lines(boxes) == ["Anna Keller", "CH-8005 Zürich", "+41 44 123 45 67"]
