"""Paragraphs broken and set by Chinese rules, in place of ReportLab's Japanese ones.

ReportLab sees every paragraph here as lines of fragments, so that one code path breaks plain and
marked-up text alike; only the breaking and the spaces between signs are ours.
"""

from typing import Any
from xml.sax.saxutils import escape as xml_escape

from reportlab.platypus import paragraph
from reportlab.platypus.paragraph import Paragraph

from desktop_app.reports.bilingual import factored, halves, in_line, is_pair, outside
from desktop_app.reports.fonts import REGULAR, clean, widths
from desktop_app.reports.line_rules import (
    NO_END,
    NO_START,
    break_points,
    end_slack,
    gap,
    has_han,
)
from desktop_app.reports.spaced_text import SpacedText
from desktop_app.reports.tags import element, role_of

# What ReportLab's own subclasses use has no public name, and so no types.
rl: Any = paragraph

_TINY = 1e-6
_OBJECT = "\ufffc"


# English of up to so many signs stands in the line of its Chinese; longer, in one of its own.
_SHORT = 34
# More signs than these beside the pairs of words are a record's own text, which is not said twice.
_OWN = 3


def escape(text: object, stacked: bool = False) -> str:
    """Return any text as mark-up that draws exactly that text; English after its Chinese.

    Args:
        text: the text, in both languages where it is a pair; None for nothing.
        stacked: English stands below its Chinese however short it is, as in narrow cells.
    """
    if text is None:
        return ""
    words = str(text)
    if is_pair(words):
        return _in_both(words, stacked)
    return xml_escape(clean(words).strip()).replace("\n", "<br/>")


def _in_both(text: str, stacked: bool) -> str:
    """Return the mark-up of a text in both languages, the English smaller in weight."""
    if sum(char.isalpha() for char in outside(text)) > _OWN:
        return escape(in_line(text))
    name = factored(text)
    if name != text:
        return escape(in_line(name))
    zh, en = (escape(words) for words in halves(text))
    line = not stacked and len(en) <= _SHORT and "<br/>" not in zh + en
    muted = f'<font name="{REGULAR}" color="#67707E">{en}</font>'
    return f"{zh} {muted}" if line else f"{zh}<br/>{muted}"


class CjkParagraph(Paragraph):
    """A paragraph whose lines obey Chinese rules; Latin text is broken between words."""

    def breakLinesCJK(self, limits: Any) -> Any:
        """Return the paragraph's lines for the widths of its first and its later lines."""
        limits = list(limits) if isinstance(limits, list | tuple) else [limits]
        style: Any = self.style
        rl._handleBulletWidth(self.bulletText, style, limits)
        if hasattr(self, "blPara") and getattr(self, "_splitpara", False):
            return self.blPara
        known = getattr(self, "_broken", None)
        if known is None or known[0] != limits:
            # A table asks for the same width several times.
            known = self._broken = (limits, rl.ParaLines(kind=1, lines=_lines(self.frags, limits)))
        return known[1]

    def wrap(self, width: float, height: float) -> Any:
        """Break the lines, whatever the style says of other scripts."""
        self.style.wordWrap = "CJK"
        return super().wrap(width, height)

    def minWidth(self) -> float:
        """Return the widest single sign: any longer word may be split."""
        return float(self.style.fontSize)

    def draw(self) -> None:
        """Draw the lines, each in the middle of its leading."""
        size, leading = self.style.fontSize, self.style.leading
        mark = getattr(self, "mark", None)
        with element(self.canv, role_of(self.style.name, mark[2] if mark else 0, self.canv)):
            # ReportLab sets the first baseline one font size below the top.
            self.canv.translate(0, size - 0.88 * size - (leading - size) / 2)
            super().draw()

    def beginText(self, x: float, y: float) -> Any:
        """Return the text object that draws the spaces between the signs."""
        plain = "".join(getattr(frag, "text", "") for frag in self.frags)
        return SpacedText(self.canv, x, y, has_han(plain))

    def _get_split_blParaFunc(self) -> Any:
        return _frags_of_lines


def _units(frags: list[Any]) -> tuple[str, list[Any], list[float]]:
    """Return a paragraph's signs, with each sign's fragment and own width in points."""
    signs: list[str] = []
    owners: list[Any] = []
    sizes: list[float] = []
    for frag in frags:
        text = getattr(frag, "text", "")
        if isinstance(text, bytes):
            text = text.decode()
        if hasattr(frag, "lineBreak"):
            text = "\n"
        if hasattr(frag, "cbDefn") or not text:
            signs.append(_OBJECT)
            owners.append(frag)
            sizes.append(float(getattr(getattr(frag, "cbDefn", None), "width", 0) or 0))
            continue
        table = widths(frag.fontName)
        size = frag.fontSize
        signs.append(text)
        owners.extend([frag] * len(text))
        sizes.extend(0.0 if char == "\n" else size * table.get(ord(char), 1.0) for char in text)
    return "".join(signs), owners, sizes


def _lines(frags: list[Any], limits: list[float]) -> list[Any]:
    """Return the lines of a paragraph as ReportLab draws them."""
    text, owners, sizes = _units(frags)
    chinese = has_han(text)
    steps = [
        sizes[index] + owners[index].fontSize * gap(text[index - 1], text[index], chinese)
        if index
        else sizes[index]
        for index in range(len(text))
    ]
    lines = []
    for number, (start, end) in enumerate(_spans(text, owners, sizes, steps, limits)):
        limit = limits[min(number, len(limits) - 1)]
        stop = end
        while stop > start and text[stop - 1] in " \n":
            stop -= 1
        if start < stop:
            steps_here = sizes[start] + owners[start].fontSize * gap("", text[start], chinese)
            used = steps_here + sum(steps[start + 1 : stop])
        else:
            used = 0.0
        hard = end > start and text[end - 1] == "\n"
        lines.append(_line(text, owners, start, stop, (limit, used, hard, end > stop)))
    return lines


def _spans(
    text: str, owners: list[Any], sizes: list[float], steps: list[float], limits: list[float]
) -> list[tuple[int, int]]:
    """Return where each line begins and ends."""
    allowed = break_points(text)
    spans: list[tuple[int, int]] = []
    start, size = 0, len(text)
    while start < size:
        limit = limits[min(len(spans), len(limits) - 1)] + _TINY
        end = _line_end(text, owners, sizes, steps, allowed, start, limit)
        if end >= size and spans and text[start - 1] != "\n":
            start = _spared_orphan(text, steps, allowed, spans, start, limit)
        while end < size and text[end] == " ":
            end += 1
        spans.append((start, end))
        start = end
    return spans or [(0, 0)]


def _line_end(
    text: str,
    owners: list[Any],
    sizes: list[float],
    steps: list[float],
    allowed: list[bool],
    start: int,
    limit: float,
) -> int:
    """Return the index after the last sign of the line that begins at ``start``."""
    size = len(text)
    used, index = 0.0, start
    while index < size:
        if text[index] == "\n":
            return index + 1
        used += steps[index] if index > start else sizes[index]
        slack = end_slack(text[index]) * owners[index].fontSize
        if used - slack > limit and index > start and text[index] != " ":
            break
        index += 1
    else:
        return size
    end = index
    while end > start and not allowed[end]:
        end -= 1
    following = index
    while following < size and not allowed[following] and text[following] not in " \n":
        following += 1
    too_long = sum(steps[max(end, start) : following]) > limit
    if end > start and not (too_long and index - end > 4):
        return end
    # One word longer than the line: split it, if need be, without a forbidden sign at the cut.
    cut = index
    while cut > start + 1 and (text[cut] in NO_START or text[cut - 1] in NO_END):
        cut -= 1
    return cut if cut > start + 1 else index


def _spared_orphan(
    text: str,
    steps: list[float],
    allowed: list[bool],
    spans: list[tuple[int, int]],
    start: int,
    limit: float,
) -> int:
    """Return a start for the last line that gives a lone sign some company."""
    first, end = spans[-1]
    if len(text) - start > 2 or not has_han(text[start:]) or start - first < 8:
        return start
    earlier = start - 1
    while earlier > start - 4 and not allowed[earlier]:
        earlier -= 1
    if not allowed[earlier] or sum(steps[earlier:]) > limit or text[end - 1] in " \n":
        return start
    spans[-1] = (first, earlier)
    return earlier


def _line(
    text: str,
    owners: list[Any],
    start: int,
    stop: int,
    measures: tuple[float, float, bool, bool],
) -> Any:
    """Return one line with its fragments."""
    limit, used, hard, spaced = measures
    words = []
    index = start
    while index < stop:
        owner = owners[index]
        last = index
        while last < stop and owners[last] is owner:
            last += 1
        word = owner.clone()
        if text[index] != _OBJECT:
            word.text = text[index:last]
        words.append(word)
        index = last
    if not words:
        word = owners[min(start, len(owners) - 1)].clone() if owners else None
        if word is not None:
            word.text = ""
            if hasattr(word, "lineBreak"):
                del word.lineBreak
            words.append(word)
    font_size = max((word.fontSize for word in words), default=0)
    return rl.FragLine(
        kind=1,
        extraSpace=limit - used,
        wordCount=1,
        words=words,
        fontSize=font_size,
        ascent=0.88 * font_size,
        descent=-0.12 * font_size,
        maxWidth=limit,
        currentWidth=used,
        lineBreak=hard,
        spaced=spaced,
    )


def _frags_of_lines(lines: Any, start: int, stop: int) -> list[Any]:
    """Return the fragments of some lines, with the spaces and breaks that their ends dropped."""
    frags: list[Any] = []
    for line in lines.lines[start:stop]:
        words = [word.clone() for word in line.words]
        if words and line.spaced:
            words[-1].text = getattr(words[-1], "text", "") + ("\n" if line.lineBreak else " ")
        frags.extend(words)
    return frags
