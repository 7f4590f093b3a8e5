"""What stands at the edges of a cover, and the large title on it."""

import datetime as dt
from typing import Any

from reportlab.platypus import Flowable, Spacer

from desktop_app.domain.formats import BEIJING
from desktop_app.reports.bilingual import factored, half, halves, in_line, is_pair, t
from desktop_app.reports.document import band, shortened, stamp
from desktop_app.reports.fonts import REGULAR, clean
from desktop_app.reports.layout import plain
from desktop_app.reports.paper import Order
from desktop_app.reports.spaced_text import draw_line
from desktop_app.reports.styles import FOOT, HAIRLINE, MARGIN, MUTED, PAGE_HEIGHT, RULE, WIDTH
from desktop_app.reports.wording import dotted


def paint_cover(canvas: Any, order: Order, mark: str, state: str = "", note: str = "") -> None:
    """Paint team and classification at the head of a cover, state, version and note at its foot."""
    right = MARGIN + WIDTH
    canvas.saveState()
    band(canvas)
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, 9.2)
    y = PAGE_HEIGHT - MARGIN - 8
    draw_line(canvas, MARGIN, y, shortened(clean(in_line(order.team)), 9.2, WIDTH * 0.55))
    stamp(canvas, shortened(clean(in_line(mark)), 9, WIDTH * 0.4), right, y)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(HAIRLINE)
    canvas.line(MARGIN, FOOT, right, FOOT)
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, 7.4)
    words = clean(half(dotted([state, version_words(order.now, order.lang)]), "zh"))
    room = WIDTH * (0.62 if note else 1)
    draw_line(canvas, MARGIN, FOOT - 11, shortened(words, 7.4, room))
    if note:
        shown = shortened(clean(in_line(factored(note))), 7.4, WIDTH * 0.36)
        draw_line(canvas, right, FOOT - 11, shown, right=True)
    canvas.restoreState()


def version_words(now: dt.datetime, lang: str) -> str:
    """Return the version of a paper: the moment of its data, by Beijing's clock."""
    here = now.astimezone(BEIJING)
    return t("reports.version", lang, version=f"{here:%Y%m%d.%H%M}", time=f"{here:%Y-%m-%d %H:%M}")


def cover_title(kind: str, title: str, dates: str) -> list[Flowable]:
    """Return the kind of paper, its title and its days in large type."""
    lines: list[Flowable] = [plain(kind, "kicker"), Spacer(1, 3)]
    if is_pair(title):
        zh, en = halves(title)
        lines += [plain(zh, "cover"), plain(en, "cover_small")]
    else:
        lines.append(plain(title, "cover"))
    return [*lines, Spacer(1, 12), plain(dates, "dates")]
