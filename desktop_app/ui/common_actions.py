"""The actions that hold in every view, as the palette offers them."""

from functools import partial
from typing import TYPE_CHECKING

from desktop_app.i18n import t
from desktop_app.ui import theme
from desktop_app.ui.papers import catalogue
from desktop_app.ui.view import Action
from desktop_app.ui.views import keys_of_views, places

if TYPE_CHECKING:
    from desktop_app.ui.shell import MainWindow


_WITH_KEY = ("trip-briefing", "trips")


def paper_actions(window: "MainWindow") -> list[Action]:
    """Return the papers; each is of the record selected in its view."""
    # The trips view offers the briefing itself, with its key.
    names = [n for n in catalogue.offered() if (n, window.settings.view) != _WITH_KEY]
    return [
        Action(
            t("papers.make", paper=catalogue.title_of(name)),
            partial(window.open_paper, name),
            catalogue.icon_of(name),
        )
        for name in names
    ]


def common_actions(window: "MainWindow") -> list[Action]:
    """Return where one can go, and what can be done everywhere."""
    keys = {name: key for key, name in keys_of_views()}
    go = [
        Action(
            t("shell.go_to", view=place.text),
            partial(window.show_view, place.name),
            place.icon,
            keys.get(place.name, ""),
        )
        for place in places()
    ]
    dark = theme.name() == "dark"
    return [
        *go,
        *paper_actions(window),
        Action(t("capture.title"), window.capture, "zap", "Ctrl+Shift+N"),
        Action(t("reminders.show"), window.show_reminders, "bell"),
        Action(t("shell.undo"), window.undo, "undo-2", "Ctrl+Z"),
        Action(t("shell.redo"), window.redo, "redo-2", "Ctrl+Y"),
        Action(
            t("shell.theme_light" if dark else "shell.theme_dark"),
            window.toggle_theme,
            "sun" if dark else "moon",
            "Ctrl+Shift+D",
        ),
        Action(t("shell.language_other"), window.switch_language, "languages", "Ctrl+Shift+L"),
        Action(t("shell.guide"), window.open_guide, "book-open", "F1"),
        Action(t("shell.shortcuts"), window.open_shortcuts, "keyboard", "Ctrl+/"),
        Action(t("about.title"), window.open_about, "info"),
        Action(t("shell.quit"), window.close, "x", "Ctrl+Q"),
    ]
