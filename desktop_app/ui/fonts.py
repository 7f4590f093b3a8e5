"""The app's own font, the same on every system: GBK and Latin Extended in two weights."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from desktop_app.paths import resource
from desktop_app.ui import theme

FAMILY = "Invest Desk Sans"


@cache
def load() -> None:
    """Make the shipped font files known to Qt, once."""
    for weight in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(resource("fonts", f"InvestDeskSans-{weight}.ttf")))


@cache
def font(pixels: int = theme.TEXT, bold: bool = False) -> QFont:
    """Return the app's font in a size; the result is shared and not to be altered."""
    load()
    result = QFont(FAMILY)
    result.setPixelSize(pixels)
    result.setBold(bold)
    result.setStyleHint(QFont.StyleHint.SansSerif)
    # Strokes of Chinese characters turn to mud when forced onto whole pixels.
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result
