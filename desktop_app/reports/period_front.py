"""The head of a periodic report: title, figures with their change, and what they come to."""

import datetime as dt
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from desktop_app.domain.formats import date_range, number
from desktop_app.domain.words_after import Light
from desktop_app.reports.bilingual import each, half, halves, in_line, is_pair, t, word
from desktop_app.reports.cjk import escape
from desktop_app.reports.columns import prose
from desktop_app.reports.cover import version_words
from desktop_app.reports.document import shortened, stamp
from desktop_app.reports.fonts import REGULAR, clean
from desktop_app.reports.layout import head, padding, paragraph, plain, ruled_table, side_by_side
from desktop_app.reports.paper import Order
from desktop_app.reports.styles import MUTED, WIDTH
from desktop_app.reports.tags import tagged
from desktop_app.reports.wording import sign
from desktop_app.services.period_counts import Period
from desktop_app.services.period_figures import Count, PeriodFigures

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# The large figures; the others stand in the tables below.
_LARGE = ("leads_found", "leads_advanced", "leads_signed", "meetings_held", "follow_ups_done")
_LEFT = ("leads_screened", "leads_lost", "trips_under_way", "trips_begun", "trips_ended", "events")
_RIGHT = (
    "follow_ups_due", "follow_ups_on_time", "promises_made", "promises_kept_ours",
    "promises_kept_theirs",
)  # fmt: skip
GAP = 22
HALF = (WIDTH - GAP) / 2


def title_of(facts: PeriodFigures, unit: str, lang: str) -> str:
    """Return the title of a report, with the week of ISO 8601 or the month."""
    first = facts.period.first
    return t(
        f"period.{unit}_title",
        lang,
        week=facts.period.last.isocalendar().week,
        year=first.year,
        month=first.month,
        name=_MONTHS[first.month - 1],
    )


def days_of(period: Period, lang: str) -> str:
    """Return the days of a period, naming only what differs."""
    return each(lang, lambda one: date_range(period.first, period.last, one))


class _Masthead(Flowable):
    """The team's name at the left and the classification's stamp at the right."""

    def __init__(self, team: str, mark: str) -> None:
        super().__init__()
        self._team, self._mark = clean(in_line(team)), clean(in_line(mark))
        self.width, self.height = WIDTH, 30

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take one line."""
        return self.width, self.height

    @tagged("P")
    def draw(self) -> None:
        """Draw both."""
        canvas: Any = self.canv
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 9.2)
        y = self.height - 12
        canvas.drawString(0, y, shortened(self._team, 9.2, WIDTH * 0.55))
        stamp(canvas, shortened(self._mark, 9, WIDTH * 0.38), WIDTH, y)


def masthead(facts: PeriodFigures, unit: str, order: Order, mark: str) -> list[Flowable]:
    """Return team, stamp, title, days and the time of the data."""
    lang = order.lang
    title = title_of(facts, unit, lang)
    story: list[Flowable] = [_Masthead(order.team, mark), Spacer(1, 8)]
    if is_pair(title):
        zh, en = halves(title)
        story += [plain(zh, "cover"), plain(en, "cover_small")]
    else:
        story.append(plain(title, "cover"))
    days = days_of(facts.period, lang)
    if facts.period.holds(facts.today) and facts.today < facts.period.last:
        open_day = each(lang, lambda one: date_range(facts.today, facts.today, one))
        so_far = t("period.so_far", lang, day=open_day)
        days = each(
            lang, lambda one: f"{half(days, one)}{sign(one, '，', ', ')}{half(so_far, one)}"
        )
    story += [Spacer(1, 4), plain(days, "dates")]
    story += [plain(version_words(order.now, lang), "small_muted"), Spacer(1, 10)]
    return story


def change_words(count: Count, lang: str) -> str:
    """Return how a figure changed: a triangle and words, never a colour alone."""
    if not count.change:
        return t("period.same", lang)
    key = "period.more" if count.change > 0 else "period.less"
    return t(key, lang, count=number(abs(count.change)))


def summary(facts: PeriodFigures, unit: str, lang: str) -> list[Flowable]:
    """Return the large figures with their change, and what they come to in a few sentences."""
    text = each(lang, lambda one: sentences(facts, unit, one))
    story = [_large(facts, lang), Spacer(1, 4)]
    compared = t("period.compared", lang, days=days_of(facts.before, lang))
    return [*story, plain(compared, "small_muted"), Spacer(1, 6), *prose(text)]


def _large(facts: PeriodFigures, lang: str) -> Table:
    """Return the large figures."""
    columns = []
    for name in _LARGE:
        count = facts.counts[name]
        columns.append(
            (
                plain(number(count.now), "figure"),
                _stacked(t(f"period.{name}", lang), "figure_small"),
                _stacked(change_words(count, lang), "small_muted"),
            )
        )
    columns.append(
        (
            plain(number(facts.overdue), "figure"),
            _stacked(t("period.overdue", lang), "figure_small"),
            _stacked(t("period.as_of", lang), "small_muted"),
        )
    )
    return Table(
        [list(row) for row in zip(*columns, strict=True)],
        colWidths=[WIDTH / len(columns)] * len(columns),
        style=padding(right=4, below=1),
        hAlign="LEFT",
    )


def _stacked(text: str, style: str) -> Flowable:
    """Return a short text, its English in a line below."""
    return paragraph(escape(text, stacked=True), style)


def figures(facts: PeriodFigures, unit: str, lang: str) -> list[Flowable]:
    """Return the other figures in two tables side by side; those that are nothing left out."""
    left = [(t(f"period.{name}", lang), facts.counts[name]) for name in _LEFT]
    kinds = [(word("meeting_kind", kind, lang), count) for kind, count in facts.meetings_by_kind]
    right = [(t(f"period.{name}", lang), facts.counts[name]) for name in _RIGHT]
    rows = left + kinds[:4] + right
    shown = [row for row in rows if row[1].now or row[1].before]
    if not shown:
        return []
    middle = -(-len(shown) // 2)
    tables = side_by_side(
        [_table(shown[:middle], unit, lang)],
        [_table(shown[middle:], unit, lang)] if shown[middle:] else [Spacer(1, 1)],
        GAP,
    )
    return [KeepTogether([head(t("reports.section_figures", lang)), *tables]), Spacer(1, 12)]


def _table(rows: list[tuple[str, Count]], unit: str, lang: str) -> Table:
    """Return figures below each other: now, before, and the change in words."""
    heads = [f"period.{unit}_now", f"period.{unit}_before", "period.change"]
    lines: list[list[Any]] = [["", *(_stacked(t(key, lang), "head_right") for key in heads)]]
    for label, count in rows:
        numbers = (number(count.now), number(count.before), change_words(count, lang))
        lines.append([label, *(_stacked(text, "cell_right") for text in numbers)])
    return ruled_table((), lines, (1.9, 1.2, 1.2, 1.3), HALF)


def sentences(facts: PeriodFigures, unit: str, lang: str) -> str:
    """Return what the figures come to, in a few sentences of one language."""
    end = "。" if lang == "zh" else ". "
    now = t(f"period.{unit}_now", lang)
    said = [_of_leads(facts, lang), _of_work(facts, lang)]
    if not any(said):
        opening = t("period.say_empty", lang)
        first = f"{now}{opening}" if lang == "zh" else opening
        said = [first.rstrip("。.")]
    elif lang == "zh":
        said = [one for one in said if one]
        said[0] = now + said[0]
    said += [_of_after(facts, lang), _of_year(facts, lang), _of_plan(facts, unit, lang)]
    return "".join(one + end for one in said if one).strip()


def _of_leads(facts: PeriodFigures, lang: str) -> str:
    """Return what became of leads; nothing where nothing did."""
    counts = {name: count.now for name, count in facts.counts.items()}
    names = ("leads_found", "leads_advanced", "leads_lost")
    if not any(counts[name] for name in names):
        return ""
    text = t(
        "period.say_leads",
        lang,
        found=number(counts["leads_found"]),
        advanced=number(counts["leads_advanced"]),
    )
    parts = [
        t(f"period.say_{name}", lang, count=number(counts[f"leads_{name}"]))
        for name in ("screened", "signed")
        if counts[f"leads_{name}"]
    ]
    if parts:
        text += t("period.say_within", lang, parts=sign(lang, "、", ", ").join(parts))
    if counts["leads_lost"]:
        text += t("period.say_lost", lang, count=number(counts["leads_lost"]))
    return text


def _of_work(facts: PeriodFigures, lang: str) -> str:
    """Return what was done: meetings, and follow-ups on time."""
    counts = {name: count.now for name, count in facts.counts.items()}
    parts = []
    if counts["meetings_held"]:
        text = t("period.say_meetings", lang, count=number(counts["meetings_held"]))
        kinds = [
            t(
                "period.say_kind",
                lang,
                kind=word("meeting_kind", kind, lang),
                count=number(count.now),
            )
            for kind, count in facts.meetings_by_kind[:4]
            if kind and count.now
        ]
        if len(kinds) > 1:
            text += t("period.say_within", lang, parts=sign(lang, "、", ", ").join(kinds))
        parts.append(text)
    if counts["follow_ups_due"]:
        due, on_time = counts["follow_ups_due"], counts["follow_ups_on_time"]
        percent = round(100 * on_time / due)
        parts.append(
            t(
                "period.say_follow_ups",
                lang,
                due=number(due),
                on_time=number(on_time),
                percent=percent,
            )
        )
    if facts.overdue and parts:
        parts.append(t("period.say_overdue", lang, count=number(facts.overdue)))
    if facts.stale and parts:
        parts.append(t("period.say_stale", lang, count=number(facts.stale)))
    return ("；" if lang == "zh" else ". ").join(parts)


def _of_after(facts: PeriodFigures, lang: str) -> str:
    """Return what was done after signing, where anything was."""
    counts = facts.after.counts
    parts = [
        t(f"period.say_{name}", lang, count=number(counts[name].now))
        for name in ("cases_raised", "cases_solved", "approvals_done", "construction_permits")
        if counts[name].now
    ]
    red = facts.after.lights.get(Light.RED, 0)
    if red and parts:
        parts.append(t("period.say_red", lang, count=number(red)))
    return sign(lang, "，", ". ").join(parts)


def _of_year(facts: PeriodFigures, lang: str) -> str:
    """Return how far the year's target of signed projects is reached."""
    figure = next(one for one in facts.year if one.metric == "signed_projects")
    if not figure.value or not figure.target:
        return ""
    percent = round(100 * figure.value / figure.target)
    return t("period.say_year", lang, value=number(figure.value), percent=number(percent))


def _of_plan(facts: PeriodFigures, unit: str, lang: str) -> str:
    """Return what is planned, where anything is."""
    meetings, due = facts.totals["planned_meetings"], facts.totals["planned_follow_ups"]
    trips = len(facts.planned_trips)
    if not (meetings or due or trips):
        return ""
    ahead = t(f"period.{unit}_ahead", lang)
    parts = [
        t(f"period.say_{name}", lang, count=number(count))
        for name, count in (("ahead_meetings", meetings), ("ahead_trips", trips), ("due", due))
        if count
    ]
    return sign(lang, "：", ": ").join((ahead, sign(lang, "、", ", ").join(parts)))


def year_note(day: dt.date, lang: str) -> str:
    """Return up to which day the year is counted, and how much of it is over."""
    start, end = dt.date(day.year, 1, 1), dt.date(day.year + 1, 1, 1)
    percent = round(100 * ((day - start).days + 1) / (end - start).days)
    shown = each(lang, lambda one: date_range(day, day, one))
    return t("period.year_note", lang, day=shown, percent=percent)
