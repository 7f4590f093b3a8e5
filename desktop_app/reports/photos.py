"""Photos as paper needs them: turned upright, no larger than print shows, the same each time."""

import io
import struct
import warnings
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import Image

# Dots to the inch: beyond it no printer of an office shows a difference.
DPI = 200
QUALITY = 85
# The room of a picture, two in a row, in points.
ROOM = (241.0, 190.0)


class Picture(NamedTuple):
    """A photo as JPEG with its size in points, or why there is none: ``missing``, ``damaged``."""

    data: bytes
    width: float
    height: float
    problem: str = ""


def load_picture(files: Path, sha256: str, room: tuple[float, float] = ROOM) -> Picture:
    """Return an attached photo, scaled to the room it is printed in.

    Args:
        files: the folder of attachments.
        sha256: which one.
        room: the greatest width and height in points.
    """
    file = files / sha256
    if not sha256 or not file.is_file():
        return Picture(b"", *room, "missing")
    try:
        return _scaled(file, room)
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, struct.error):
        # Pillow tells of broken files in as many ways as there are formats.
        return Picture(b"", *room, "damaged")


# A preview is made anew at each alteration; under its digest a photo never alters.
@lru_cache(maxsize=64)
def _scaled(file: Path, room: tuple[float, float]) -> Picture:
    """Return a photo upright and no larger than needed.

    Raises:
        OSError: the file is no picture, or a broken one; so may other errors of Pillow.
    """
    from PIL import Image, ImageOps

    most = tuple(max(1, round(points * DPI / 72)) for points in room)
    with warnings.catch_warnings():
        # A photo of 100 megapixels is large, and no attack: it is the team's own file. What else
        # Pillow warns of either shows or ends in an error.
        warnings.simplefilter("ignore")
        try:
            with Image.open(file) as image:
                # A JPEG is decoded at a fraction of its size; either side may be the long one.
                image.draft("RGB", (max(most), max(most)))
                image.thumbnail((2 * max(most), 2 * max(most)), reducing_gap=2.0)
                upright = _on_white(ImageOps.exif_transpose(image))
        except Image.DecompressionBombError as error:
            raise OSError(str(error)) from error
    upright.thumbnail((most[0], most[1]), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    upright.save(buffer, "JPEG", quality=QUALITY)
    wide, high = upright.size
    # A small picture is not blown up beyond 100 dots to the inch.
    scale = min(room[0] / wide, room[1] / high, 72 / 100)
    return Picture(buffer.getvalue(), wide * scale, high * scale)


def _on_white(image: "Image.Image") -> "Image.Image":
    """Return a picture in red, green and blue; what is transparent shows the paper."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return image.convert("RGB")
