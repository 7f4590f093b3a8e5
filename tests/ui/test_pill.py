"""A pill can be read wherever it is painted."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop_app.ui import theme
from desktop_app.ui.widgets.pill import Pill, paint_pill


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_pill_stands_out_from_a_selected_row(qapp: QApplication, mode: str) -> None:
    before = theme.name()
    theme.apply(qapp, mode)
    try:
        colours = []
        for selected in (False, True):
            image = QImage(80, 24, QImage.Format.Format_RGB32)
            image.fill(theme.color("accent_soft"))
            painter = QPainter(image)
            paint_pill(painter, QRectF(0, 0, 80, 24), Pill("我方承诺", "accent"), False, selected)
            painter.end()
            colours.append(image.pixelColor(6, 12))
        assert colours == [theme.color("accent_soft"), theme.color("surface")]
    finally:
        theme.apply(qapp, before)
