"""Whether every colour of text can be read on the grounds it is painted on, in both themes."""

import pytest
from PySide6.QtGui import QColor, QPalette

from desktop_app.ui.theme import THEMES, Tokens, palette

# Text is readable from here on (WCAG 2.1, level AA, text of ordinary size).
READABLE = 4.5
GROUNDS = ["background", "surface", "second", "accent_soft"]
PAIRS = [
    *[(text, ground) for text in ("text", "muted", "accent") for ground in GROUNDS],
    *[(text, f"{text}_soft") for text in ("good", "warn", "bad")],
    *[(text, "surface") for text in ("good", "warn", "bad")],
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
]
ROLE = QPalette.ColorRole
ROLES = [
    (ROLE.WindowText, ROLE.Window),
    (ROLE.Text, ROLE.Base),
    (ROLE.Text, ROLE.AlternateBase),
    (ROLE.ButtonText, ROLE.Button),
    (ROLE.HighlightedText, ROLE.Highlight),
    (ROLE.ToolTipText, ROLE.ToolTipBase),
    (ROLE.PlaceholderText, ROLE.Base),
    (ROLE.Link, ROLE.Base),
]


def _light(color: QColor) -> float:
    """Return the relative luminance of a colour as WCAG 2.1 defines it."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """Return how far two colours stand apart: from 1 (alike) to 21 (black on white)."""
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_known_colours() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#FFFFFF")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(tokens: Tokens, text: str, ground: str) -> None:
    colors = QColor(getattr(tokens, text)), QColor(getattr(tokens, ground))
    assert contrast(*colors) >= READABLE


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("text", "ground"), ROLES)
def test_text_of_the_palette_can_be_read(
    tokens: Tokens, text: QPalette.ColorRole, ground: QPalette.ColorRole
) -> None:
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        colors = palette(tokens).color(group, text), palette(tokens).color(group, ground)
        assert contrast(*colors) >= READABLE
