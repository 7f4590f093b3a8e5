"""The weekly and the monthly report (周报、月报): one paper for two lengths of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from desktop_app.reports import period_after, period_charts, period_front, period_tables
from desktop_app.reports.bilingual import t
from desktop_app.reports.fonts import missing_glyphs, register
from desktop_app.reports.paper import Gap, Order, Pages, in_order
from desktop_app.reports.room import with_room
from desktop_app.services.period_figures import (
    PeriodFigures,
    month_of,
    period_report,
    week_of,
)
from desktop_app.services.period_lists import AdvancedLead, NewLead

_SECTIONS = (
    "summary",
    "charts",
    "figures",
    "new_leads",
    "advanced_leads",
    "trips",
    "cases",
    "approvals",
    "money",
    "follow_ups",
    "ahead",
)


@dataclass(frozen=True)
class PeriodReport:
    """A report of the week or of the month that holds the order's day; ``unit`` is its name."""

    unit: str
    KIND: str = ""
    SECTIONS: tuple[str, ...] = _SECTIONS

    def read(self, session: Session, _record_id: str, order: Order, _files: Path) -> PeriodFigures:
        """Return the figures of the period."""
        period = (month_of if self.unit == "monthly" else week_of)(order.day)
        return period_report(session, period.first, period.last, order.day)

    def pages(self, facts: PeriodFigures, order: Order) -> Pages:
        """Return the pages: no cover, the figures first."""
        register()
        lang = order.lang
        title = period_front.title_of(facts, self.unit, lang)
        days = period_front.days_of(facts.period, lang)
        mark = order.classification or t("reports.internal", lang)
        return Pages(
            title=f"{title} · {days}",
            subject=t(f"period.{self.unit}", lang),
            story=self._story(facts, order, mark),
            mark=order.classification or t("reports.internal_foot", lang),
            foot=f"{title} · {order.team}" if order.team else title,
        )

    def _story(self, facts: PeriodFigures, order: Order, mark: str) -> list[Flowable]:
        """Return the head and the sections that are wanted."""
        lang, unit = order.lang, self.unit
        sections = in_order(
            (
                ("summary", lambda: period_front.summary(facts, unit, lang)),
                ("charts", lambda: period_charts.charts(facts, lang)),
                ("figures", lambda: period_front.figures(facts, unit, lang)),
                ("new_leads", lambda: period_tables.new_leads(facts, unit, lang)),
                ("advanced_leads", lambda: period_tables.advanced_leads(facts, unit, lang)),
                ("trips", lambda: period_tables.trips(facts, lang)),
                ("cases", lambda: period_after.cases(facts, unit, lang)),
                ("approvals", lambda: period_after.approvals(facts, unit, lang)),
                ("money", lambda: period_after.money(facts, unit, lang)),
                ("follow_ups", lambda: period_tables.follow_ups(facts, unit, lang)),
                ("ahead", lambda: period_tables.ahead(facts, unit, lang)),
            ),
            order,
        )
        return with_room([*period_front.masthead(facts, unit, order, mark), *sections])

    def gaps(self, facts: PeriodFigures, _order: Order) -> list[Gap]:
        """Return what the report lacks: owners, sources, outcomes, signs without a glyph."""
        found: dict[tuple[str, str], Gap] = {}
        leads: list[NewLead | AdvancedLead] = [*facts.new_leads, *facts.advanced]
        for lead in leads:
            name = lead.company_zh or lead.company or lead.title or t("period.unnamed", "zh")
            if lead.owner_id is None:
                found["owner", lead.id] = Gap(
                    "period.gap_owner", {"name": name}, "leads", lead.id, "owner_id"
                )
            if isinstance(lead, NewLead) and not lead.source:
                found["source", lead.id] = Gap(
                    "period.gap_source", {"name": name}, "leads", lead.id, "source"
                )
        for meeting in facts.held:
            if not meeting.outcome.strip():
                values = {
                    "name": meeting.company_zh or meeting.company or meeting.title,
                    "day": period_tables.venue_day(meeting).isoformat(),
                }
                found["outcome", meeting.id] = Gap(
                    "period.gap_outcome", values, "meetings", meeting.id, "outcome"
                )
        signs = missing_glyphs(_texts(facts))
        if signs:
            found["glyphs", ""] = Gap("reports.gap_glyphs", {"signs": " ".join(signs)}, "", "")
        return list(found.values())


def _texts(facts: PeriodFigures) -> Iterable[str]:
    """Return every text of the records that may be printed."""
    rows: list[tuple[object, ...]] = [*facts.new_leads, *facts.advanced, *facts.trips]
    rows += [*facts.planned_trips, *facts.planned_meetings, *facts.names.values()]
    rows += [*facts.done, *facts.late, *facts.planned_follow_ups]
    after = facts.after
    rows += [*after.red, *after.dispatches, *after.late, *after.coming]
    for row in rows:
        yield from (value for value in row if isinstance(value, str))


weekly = PeriodReport("weekly")
monthly = PeriodReport("monthly")
