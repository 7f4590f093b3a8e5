"""Pages as small grey pictures, and what is different between two of them.

Two platforms smooth letters differently; a line that is moved, missing or new is another matter.
So the pictures are blurred before they are compared, and compared block by block.
"""

from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageStat

PICTURES = Path(__file__).parent / "pictures"
DPI = 56
GREYS = 32
_BLUR = 2.2
_BLOCK = 8
# Of 255: how much a whole page may be off in the mean, and any one block of it.
MOST_MEAN = 1.2
MOST_BLOCK = 12.0


class Difference(NamedTuple):
    """How far two pictures are apart: in the mean, and in the worst block with its place."""

    mean: float
    block: float
    place: tuple[int, int]

    @property
    def too_much(self) -> bool:
        """Say whether this is more than letters smoothed in another way."""
        return self.mean > MOST_MEAN or self.block > MOST_BLOCK


def picture_of(pdf: Path, number: int) -> Image.Image:
    """Return a page, counted from 1, as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = (
        document[number - 1].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    )
    document.close()
    return image


def store(image: Image.Image, path: Path) -> None:
    """Write a picture in few shades of grey, so that it stays small."""
    step = 255 / (GREYS - 1)
    even = image.point([round(round(grey / step) * step) for grey in range(256)])
    even.quantize(GREYS).save(path, optimize=True)


def difference(one: Image.Image, other: Image.Image) -> Difference:
    """Return how far two pictures are apart."""
    if one.size != other.size:
        return Difference(255, 255, (0, 0))
    soft = [image.convert("L").filter(ImageFilter.GaussianBlur(_BLUR)) for image in (one, other)]
    apart = ImageChops.difference(*soft)
    blocks = apart.reduce(_BLOCK)
    worst = int(blocks.getextrema()[1])  # type: ignore[arg-type]
    at = blocks.tobytes().index(worst)
    place = (at % blocks.width * _BLOCK, at // blocks.width * _BLOCK)
    return Difference(ImageStat.Stat(apart).mean[0], float(worst), place)
