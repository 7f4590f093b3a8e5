"""The look: colour tokens of both themes, the palette of Qt, and one small style sheet."""

from dataclasses import dataclass, fields
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop_app.paths import resource

RADIUS = 6
ROW_HEIGHT = 32
TEXT, SMALL, HEADING, TITLE = 13, 12, 15, 20


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme; each name is a role that painters and icons ask for."""

    background: str
    surface: str
    second: str
    line: str
    strong_line: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str


LIGHT = Tokens(
    background="#F6F7F9",
    surface="#FFFFFF",
    second="#EFF1F4",
    line="#E3E6EB",
    strong_line="#C6CCD5",
    text="#1B2430",
    muted="#606977",
    disabled="#A9B0BB",
    accent="#1F5FBF",
    accent_hover="#194E9E",
    accent_soft="#E6EFFB",
    on_accent="#FFFFFF",
    good="#1B7848",
    good_soft="#E3F4EA",
    warn="#9A5B00",
    warn_soft="#FDF1DC",
    bad="#B3261E",
    bad_soft="#FBE7E5",
)
DARK = Tokens(
    background="#15181D",
    surface="#1C2027",
    second="#22272F",
    line="#2E343E",
    strong_line="#454D5A",
    text="#E6EAF0",
    muted="#949EAD",
    disabled="#5C6572",
    accent="#6EA8FE",
    accent_hover="#8DBBFF",
    accent_soft="#1E2E47",
    on_accent="#10151C",
    good="#6CCB95",
    good_soft="#1A3024",
    warn="#E9B65B",
    warn_soft="#33290F",
    bad="#F08A80",
    bad_soft="#3A1E1B",
)
THEMES = {"light": LIGHT, "dark": DARK}


class _Current:
    """The theme the whole process is painted in."""

    name = "light"
    tokens = LIGHT


def name() -> str:
    """Return the theme in use: ``light`` or ``dark``."""
    return _Current.name


@cache
def _parsed(value: str) -> QColor:
    """Return the colour of a token's value."""
    return QColor(value)


def color(role: str) -> QColor:
    """Return the colour of a role such as ``accent`` in the theme in use; not to be altered."""
    return _parsed(getattr(_Current.tokens, role))


def preferred(app: QApplication) -> str:
    """Return the theme that the system asks for."""
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def apply(app: QApplication, theme: str) -> None:
    """Paint the whole app in ``theme`` (``light`` or ``dark``) from now on."""
    _Current.name, _Current.tokens = theme, THEMES[theme]
    if not app.styleSheet():
        # Only once: behind a style sheet Qt no longer tells which style is in use.
        app.setStyle(QStyleFactory.create("Fusion"))
    # Title bars on Windows and macOS follow this; the palette is ours on every system.
    scheme = Qt.ColorScheme.Dark if theme == "dark" else Qt.ColorScheme.Light
    app.styleHints().setColorScheme(scheme)
    app.setPalette(palette(_Current.tokens))
    app.setStyleSheet(style_sheet(theme))


def palette(tokens: Tokens) -> QPalette:
    """Return Qt's palette of a theme, disabled and inactive states included."""
    result = QPalette()
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.surface,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.background,
        role.ToolTipBase: tokens.text,
        role.ToolTipText: tokens.surface,
        role.PlaceholderText: tokens.muted,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.bad,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Light: tokens.surface,
        role.Midlight: tokens.second,
        role.Mid: tokens.line,
        role.Dark: tokens.strong_line,
        role.Shadow: tokens.strong_line,
    }
    for color_role, value in colors.items():
        result.setColor(color_role, QColor(value))
    for color_role in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, color_role, QColor(tokens.disabled))
    return result


@cache
def style_sheet(theme: str) -> str:
    """Return the style sheet of a theme: the template with the tokens filled in."""
    text = resource("style.qss").read_text("utf-8")
    tokens = THEMES[theme]
    # Longer names first, so that `@accent_soft` is not read as `@accent` and a rest.
    for field in sorted(fields(Tokens), key=lambda f: -len(f.name)):
        text = text.replace(f"@{field.name}", getattr(tokens, field.name))
    marks = resource("icons", "controls").as_posix()
    return text.replace("@mark/", f"{marks}/").replace("@theme", theme)
