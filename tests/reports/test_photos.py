"""Photos on paper: small enough, upright, the same each time, and never a reason to stop."""

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.reports.photos import DPI, ROOM, Picture, load_picture


def kept(folder: Path, data: bytes) -> str:
    """Keep bytes as an attachment and return their digest."""
    digest = hashlib.sha256(data).hexdigest()
    (folder / digest).write_bytes(data)
    return digest


def picture_of(mode: str, size: tuple[int, int], kind: str, **options: object) -> bytes:
    """Return a picture whose upper left quarter is dark."""
    image = Image.new(mode, size, "white" if mode != "P" else 255)
    image.paste("black" if mode != "P" else 0, (0, 0, size[0] // 2, size[1] // 2))
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def shown(picture: Picture) -> Image.Image:
    assert picture.problem == ""
    return Image.open(io.BytesIO(picture.data))


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (5000, 800)])
def test_a_large_photo_is_no_finer_than_print_shows(tmp_path: Path, size: tuple[int, int]) -> None:
    picture = load_picture(tmp_path, kept(tmp_path, picture_of("RGB", size, "JPEG")))
    wide, high = shown(picture).size
    assert picture.width <= ROOM[0] + 0.01 and picture.height <= ROOM[1] + 0.01
    assert wide / picture.width * 72 <= DPI + 1
    assert high / picture.height * 72 <= DPI + 1
    assert wide / high == pytest.approx(size[0] / size[1], rel=0.02)


def test_a_photo_stands_upright_as_the_camera_noted(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees to the right
    data = picture_of("RGB", (800, 600), "JPEG", exif=exif)
    turned = shown(load_picture(tmp_path, kept(tmp_path, data)))
    wide, high = turned.size
    assert high > wide
    # The dark quarter, upper left as stored, is at the upper right.
    assert sum(turned.getpixel((wide * 3 // 4, high // 4))) < 60  # type: ignore[arg-type]
    assert sum(turned.getpixel((wide // 4, high // 4))) > 700  # type: ignore[arg-type]
    assert not turned.getexif()


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGBA", "PNG"), ("P", "GIF"), ("L", "PNG"), ("CMYK", "JPEG"), ("1", "TIFF")]
)
def test_any_kind_of_picture_becomes_a_plain_jpeg(tmp_path: Path, mode: str, kind: str) -> None:
    data = picture_of(mode, (300, 200), kind)
    made = shown(load_picture(tmp_path, kept(tmp_path, data)))
    assert (made.format, made.mode) == ("JPEG", "RGB")


def test_what_is_transparent_shows_the_paper(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(buffer, "PNG")
    made = shown(load_picture(tmp_path, kept(tmp_path, buffer.getvalue())))
    assert made.getpixel((20, 20)) == (255, 255, 255)


def test_a_photo_of_100_megapixels_is_taken(tmp_path: Path) -> None:
    data = picture_of("L", (10_000, 10_000), "PNG")
    picture = load_picture(tmp_path, kept(tmp_path, data))
    assert max(shown(picture).size) <= ROOM[0] * DPI / 72 + 1


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    picture = load_picture(tmp_path, kept(tmp_path, picture_of("RGB", (60, 40), "PNG")))
    assert (picture.width, picture.height) == pytest.approx((43.2, 28.8))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        picture_of("RGB", (600, 400), "JPEG")[:900],
        picture_of("RGB", (600, 400), "PNG")[:60],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
        b"GIF89a" + b"\xff" * 40,
        b"II*\0" + b"\x08\0\0\0" + b"\xff" * 60,
    ],
)
def test_a_damaged_picture_is_told_and_stops_nothing(tmp_path: Path, data: bytes) -> None:
    assert load_picture(tmp_path, kept(tmp_path, data)).problem == "damaged"


def test_a_photo_that_has_not_arrived_is_told(tmp_path: Path) -> None:
    assert load_picture(tmp_path, "ab" * 32).problem == "missing"
    assert load_picture(tmp_path, "").problem == "missing"


def test_the_same_photo_gives_the_same_bytes(tmp_path: Path) -> None:
    digest = kept(tmp_path, picture_of("RGB", (1600, 1200), "JPEG"))
    assert load_picture(tmp_path, digest) == load_picture(tmp_path, digest)
