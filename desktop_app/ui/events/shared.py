"""What the pages of events, squads and channels share: names, a year, widths."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from desktop_app.i18n import language, t
from desktop_app.ui.filtered_list import set_choices
from desktop_app.ui.widgets.text_fields import ChoiceField

MODES = ("events", "squads", "channels")


def own_name(name: str | None, name_en: str | None) -> str:
    """Return a name in the language in use where there is one, else the other."""
    pair = (name_en, name) if language() == "en" else (name, name_en)
    return pair[0] or pair[1] or ""


def wide(width: int) -> int:
    """Return the width of a column of numbers: English heads need more."""
    return width + 22 if language() == "en" else width


def year_field() -> ChoiceField:
    """Return the choice of a year; this one at first."""
    field = ChoiceField(t("events.year"), [], None, inplace=False)
    field.setFixedWidth(92)
    set_years(field, [])
    field.set_value(dt.date.today().year)
    return field


def set_years(field: ChoiceField, years: Sequence[int]) -> None:
    """Offer the years that there is something of, and this one."""
    every = sorted({dt.date.today().year, *years}, reverse=True)
    chosen: Any = field.value()
    if chosen and chosen not in every:
        every.append(chosen)
    set_choices(field, [(year, str(year)) for year in every])
