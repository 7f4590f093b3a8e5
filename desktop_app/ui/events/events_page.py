"""The list of events: expos, promotion events, forums, roadshows, matchmaking."""

from collections.abc import Sequence
from typing import Any

from desktop_app.domain.words import EventKind
from desktop_app.i18n import language, t, word
from desktop_app.services import event_rows
from desktop_app.services.event_rows import EventRow
from desktop_app.ui.events.event_pane import EventPane
from desktop_app.ui.events.shared import MODES, own_name, wide
from desktop_app.ui.filtered_list import FilteredList
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.pill import Pill
from desktop_app.ui.widgets.row_table_model import Column

_KINDS = {
    EventKind.EXPO: "accent",
    EventKind.PROMOTION: "good",
    EventKind.MATCHMAKING: "warn",
}


def _pill(row: EventRow) -> Pill | None:
    if not row.kind:
        return None
    kind = next((color for code, color in _KINDS.items() if code == row.kind), "neutral")
    return Pill(word("event_kind", row.kind), kind)


def _days(row: EventRow) -> str:
    """Return ``2026-04-20 – 24``, as short as it can be told."""
    first, last = row.starts_on, row.ends_on
    if first is None or last is None or last == first:
        return str(first or last or "")
    rest = f"{last:%d}" if (first.year, first.month) == (last.year, last.month) else f"{last:%m-%d}"
    return f"{first} – {rest}"


def _number(key: str, title: str) -> Column:
    def count(row: EventRow) -> int:
        return int(getattr(row, key))

    return Column(key, title, lambda r: str(count(r) or ""), wide(56), right=True, sort_key=count)


def _columns() -> list[Column]:
    return [
        Column(
            "name",
            t("words.field.event_id"),
            lambda r: own_name(r.name, r.name_en) or t("events.unnamed"),
            196,
        ),
        Column(
            "kind",
            t("words.field.kind"),
            lambda r: word("event_kind", r.kind) if r.kind else "",
            140 if language() == "en" else 100,
            pill=_pill,
        ),
        Column(
            "starts_on",
            t("events.days"),
            _days,
            120,
            sort_key=lambda r: r.starts_on,
        ),
        _number("companies", t("events.companies")),
        _number("leads", t("events.leads")),
        _number("signed", t("events.signed")),
        Column("country", t("words.field.country"), lambda r: word("country", r.country), 76),
        Column("city", t("words.field.city"), lambda r: r.city, 90),
        Column("squad", t("words.field.squad_id"), lambda r: r.squad, 96),
    ]


class EventsPage(FilteredList):
    """Lists events; the selected one is edited in place."""

    name = "events"
    area = "events"
    table = "event"
    texts, modes, mode = "events", MODES, "events"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the table, its filters and the pane."""
        self.event_pane = EventPane(store, shell, RecordFinder(store))
        super().__init__(store, shell, _columns(), self.event_pane)
        self.event_pane.finder = self.finder = self.event_pane.finder
        self.add_filter("year", t("events.year"), t("events.every_year"), 92)
        self.add_filter("kind", t("words.field.kind"), t("events.every_kind"))
        self.add_filter("squad", t("words.field.squad_id"), t("events.every_squad"))

    def read_rows(self) -> list[EventRow]:
        return self.store.read(event_rows.event_rows)

    def concerns(self) -> frozenset[str]:
        return frozenset(
            "event event_company squad company lead lead_stage facility setting".split()
        )

    def fill_filters(self, rows: Sequence[EventRow]) -> None:
        years = sorted({r.starts_on.year for r in rows if r.starts_on is not None}, reverse=True)
        self.offer("year", [(y, str(y)) for y in years])
        kinds = [k.value for k in EventKind if any(r.kind == k for r in rows)]
        choices = [(k, word("event_kind", k)) for k in kinds]
        self.offer("kind", choices)
        squads = sorted({(r.squad, r.squad_id) for r in rows if r.squad_id and r.squad})
        choices = [(key, name) for name, key in squads if key]
        self.offer("squad", choices)

    def accepts(self, row: EventRow) -> bool:
        year: Any = self.filters["year"].value()
        kind, squad = self.filters["kind"].value(), self.filters["squad"].value()
        return (
            (year is None or (row.starts_on is not None and row.starts_on.year == year))
            and (kind is None or row.kind == kind)
            and (squad is None or row.squad_id == squad)
        )

    def show_record(self, record_id: str) -> None:
        self.event_pane.show_detail(self.store.read(event_rows.event_detail, record_id))

    def editors(self) -> dict[str, Any]:
        return dict(self.event_pane.form.fields)

    def show_present(self, line_id: str) -> None:
        """Open the line of a company that was present."""
        card = self.event_pane.cards.open_card(line_id)
        if card is not None:
            self.pane.ensureWidgetVisible(card, 0, 80)

    def new_record(self) -> None:
        new_id = self.store.write(
            t("events.do.add"), event_rows.add_event, name=t("events.new_name")
        )
        self.select(new_id)
        editor = self.event_pane.form.fields["name"]
        editor.setFocus()
        editor.selectAll()

    def delete_records(self, ids: list[str]) -> None:
        uses = self.store.read(event_rows.event_uses, ids)
        if uses:
            first = self.model.row_at(self.model.index_of(ids[0]))
            asked = t(
                "events.delete_anyway" if len(ids) == 1 else "events.delete_these_anyway",
                name=own_name(first.name, first.name_en),
                n=len(ids),
                uses=uses_text(uses),
            )
            if not self.shell.confirm(t("events.do.delete"), asked, t("common.delete"), True):
                return
        self.store.write(t("events.do.delete"), event_rows.delete_events, ids)
        self.shell.toast(t("events.deleted", n=len(ids)), undo=True)


def uses_text(uses: dict[str, int]) -> str:
    """Return what names an event or a squad in words."""
    return t("common.list_separator").join(t(f"events.use.{k}", n=n) for k, n in uses.items())
