"""Draws the program's icon in the sizes and kinds that the systems ask for: PNG, ICO, ICNS."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
# The accent of the light theme, `ui/theme.py`.
ACCENT = "#1f5fbf"


def draw(size: int) -> Image.Image:
    """Returns the icon: a white handshake on a rounded square."""
    canvas = QImage(size, size, QImage.Format.Format_ARGB32)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ACCENT))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2)
    svg = (ROOT / "resources" / "icons" / "handshake.svg").read_text("utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", "#ffffff").encode()))
    edge = size * (0.14 if size < 32 else 0.18)
    renderer.render(painter, QRectF(edge, edge, size - 2 * edge, size - 2 * edge))
    painter.end()
    plain = canvas.convertToFormat(QImage.Format.Format_RGBA8888)
    data = bytes(plain.constBits())
    return Image.frombuffer("RGBA", (size, size), data, "raw", "RGBA", plain.bytesPerLine(), 1)


def main() -> int:
    """Writes the icons into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    app = QGuiApplication([])
    pictures = [draw(size) for size in SIZES]
    for size, picture in zip(SIZES, pictures, strict=True):
        picture.save(folder / f"invest-desk-{size}.png")
    sizes = [(size, size) for size in SIZES if size <= 256]
    pictures[-1].save(folder / "invest-desk.ico", sizes=sizes, append_images=pictures[:-1])
    pictures[-1].save(folder / "invest-desk.icns", append_images=pictures[:-1])
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())
