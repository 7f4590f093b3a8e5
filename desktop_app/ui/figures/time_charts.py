"""The two charts over time: projects by the year of their signing, leads by stage reached."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen

from desktop_app.i18n import t, word
from desktop_app.services.year_figures import percent
from desktop_app.services.year_trend import Cohort
from desktop_app.ui import theme
from desktop_app.ui.figures.charts import Chart, Spot
from desktop_app.ui.fonts import font

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# The steps of a cohort, each with the colour of its bar.
STEPS = {"signed": "strong_line", "started": "accent", "producing": "good"}


class CohortChart(Chart):
    """Of the projects signed in a year: how many are started and produce by now, and how fast."""

    GROUP, _BAR, _LEGEND = 84, 14, 28

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(t("figures.cohorts"))
        self._cohorts: list[Cohort] = []

    def set_cohorts(self, cohorts: Sequence[Cohort]) -> None:
        """Show cohorts, the latest year first."""
        self._cohorts = sorted(cohorts, reverse=True)
        self.set_spots(
            [
                Spot(
                    f"{one.year} {step}",
                    f"{one.year} {t(f'figures.step.{step}')}",
                    self._text(one, step),
                    getattr(one, step),
                )
                for one in self._cohorts
                for step in STEPS
            ]
        )

    def _text(self, one: Cohort, step: str) -> str:
        """Return what stands behind a bar: how many, which share, half within how many days."""
        count = int(getattr(one, step))
        if step == "signed":
            return f"{count:,}"
        days = one.median_days_to_start if step == "started" else one.median_days_to_producing
        parts = [f"{count:,}", f"{percent(count, one.signed)}%"]
        if days is not None:
            parts.append(t("figures.median_days", n=f"{days:,}"))
        return "  ".join(parts)

    def sizeHint(self) -> QSize:
        return QSize(420, self._LEGEND + self.GROUP * max(len(self._cohorts), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    def area(self, place: int) -> QRectF:
        group, line = divmod(place, len(STEPS))
        top = self._LEGEND + group * self.GROUP + 8 + line * (self._BAR + 8)
        return QRectF(58, top - 4, self.width() - 58, self._BAR + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_legend(painter)
        metrics = QFontMetricsF(font(theme.SMALL))
        texts = max((metrics.horizontalAdvance(s.text) for s in self.spots), default=0) + 16
        most = max((one.signed for one in self._cohorts), default=0) or 1
        room = max(self.width() - 64 - texts, 40)
        for group, one in enumerate(self._cohorts):
            top = self._LEGEND + group * self.GROUP
            if group:
                painter.setPen(QPen(theme.color("line"), 1))
                painter.drawLine(QPointF(0, top - 0.5), QPointF(self.width(), top - 0.5))
            painter.setFont(font(bold=True))
            painter.setPen(theme.color("text"))
            painter.drawText(QRectF(0, top, 54, self.GROUP - 4), _LEFT, str(one.year))
        painter.setFont(font(theme.SMALL))
        for place, spot in enumerate(self.spots):
            area = self.area(place)
            painter.setPen(Qt.PenStyle.NoPen)
            if self._marked(place):
                painter.setBrush(theme.color("second"))
                painter.drawRoundedRect(area, 4, 4)
            width = max(room * spot.size / most, 2.0 if spot.size else 0.0)
            painter.setBrush(theme.color(list(STEPS.values())[place % len(STEPS)]))
            painter.drawRoundedRect(QRectF(area.x() + 6, area.y() + 4, width, self._BAR), 3, 3)
            painter.setPen(theme.color("text" if spot.size else "muted"))
            text = QRectF(area.x() + 6 + width + 8, area.y(), texts + 8, area.height())
            painter.drawText(text, _LEFT, spot.text)
        painter.end()

    def _paint_legend(self, painter: QPainter) -> None:
        painter.setFont(font(theme.SMALL))
        metrics = QFontMetricsF(font(theme.SMALL))
        left = 64.0
        for step, role in STEPS.items():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(role))
            painter.drawRoundedRect(QRectF(left, 7, 10, 10), 2, 2)
            painter.setPen(theme.color("muted"))
            text = t(f"figures.step.{step}")
            width = metrics.horizontalAdvance(text)
            painter.drawText(QRectF(left + 16, 0, width + 4, 24), _LEFT, text)
            left += 16 + width + 22


class FunnelChart(Chart):
    """How many leads reached each stage in the year, and which share of the stage before."""

    LINE = 30

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(t("figures.funnel"))

    def set_stages(self, stages: Sequence[tuple[str, int]]) -> None:
        """Show the counts in their order."""
        self.set_spots(
            [Spot(code, word("stage", code), f"{count:,}", count) for code, count in stages]
        )

    def sizeHint(self) -> QSize:
        return QSize(420, self.LINE * max(len(self.spots), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    def area(self, place: int) -> QRectF:
        return QRectF(0, place * self.LINE, self.width(), self.LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(font())
        names = max((metrics.horizontalAdvance(s.name) for s in self.spots), default=0) + 20
        most = max((s.size for s in self.spots), default=0) or 1
        room = max(self.width() - names - 64 - 56, 40)
        for place, one in enumerate(self.spots):
            area = self.area(place)
            painter.setPen(Qt.PenStyle.NoPen)
            if self._marked(place):
                painter.setBrush(theme.color("second"))
                painter.drawRoundedRect(area, 4, 4)
            painter.setFont(font())
            painter.setPen(theme.color("text"))
            painter.drawText(area.adjusted(6, 0, 0, 0), _LEFT, one.name)
            count = QRectF(self.width() - 56 - 64, area.y(), 58, area.height())
            painter.setPen(theme.color("text" if one.size else "muted"))
            painter.drawText(count, _RIGHT, one.text)
            before = self.spots[place - 1].size if place else 0
            share = percent(int(one.size), int(before)) if before else None
            if share is not None:
                painter.setFont(font(theme.SMALL))
                painter.setPen(theme.color("muted"))
                painter.drawText(area.adjusted(0, 0, -6, 0), _RIGHT, f"{share:,}%")
            # A funnel: what is left of it stands in the middle.
            width = max(room * one.size / most, 2.0 if one.size else 0.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.setOpacity(0.5 + 0.5 * place / max(len(self.spots) - 1, 1))
            left = names + (room - width) / 2
            painter.drawRoundedRect(QRectF(left, area.y() + 6, width, self.LINE - 12), 3, 3)
            painter.setOpacity(1)
        painter.end()
