"""The settings of reminders: whether, in which hours not, and whether the app starts by itself."""

import datetime as dt

from PySide6.QtWidgets import QFrame

from desktop_app.i18n import t
from desktop_app.ui.autostart import set_start_with_system, starts_with_system
from desktop_app.ui.settings_view.cards import add_line, card
from desktop_app.ui.trips.time_fields import TimeField, parse_time
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.text_fields import BoolField


def reminders_card(shell: ShellActions) -> QFrame:
    """Return the card; each setting is kept as soon as it is altered."""
    frame, body = card(t("reminders.title"), t("reminders.set_hint"))
    settings = shell.settings
    wanted = BoolField(t("reminders.set_on"))
    wanted.set_value(settings.reminders)

    def turn(on: bool) -> None:
        settings.reminders = on
        shell.save_settings()

    wanted.edited.connect(turn)
    add_line(body, t("reminders.set_on"), wanted)
    for name in ("quiet_from", "quiet_to"):
        field = TimeField(t(f"reminders.set_{name}"), inplace=False)
        field.setFixedWidth(90)
        field.set_value(parse_time(getattr(settings, name)))

        def keep(value: dt.time | None, name: str = name) -> None:
            setattr(settings, name, f"{value:%H:%M}" if value else "")
            shell.save_settings()

        field.edited.connect(keep)
        add_line(body, t(f"reminders.set_{name}"), field)
    starts = BoolField(t("reminders.set_autostart"))
    starts.set_value(starts_with_system())
    starts.edited.connect(set_start_with_system)
    add_line(body, t("reminders.set_autostart"), starts)
    return frame
