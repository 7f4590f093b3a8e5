"""Room for the marks and names of a map: none covers another, none leaves the frame."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.reports.map_data import Box, Point

Measure = Callable[[str, float, bool], float]


@dataclass(frozen=True)
class Rect:
    """An upright rectangle; y runs down."""

    left: float
    top: float
    right: float
    bottom: float

    def hits(self, other: "Rect", gap: float = 0.0) -> bool:
        """Say whether two rectangles overlap or come nearer than ``gap``."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def within(self, frame: "Rect") -> bool:
        """Say whether the rectangle lies inside a frame."""
        return (
            self.left >= frame.left
            and self.right <= frame.right
            and self.top >= frame.top
            and self.bottom <= frame.bottom
        )

    def crossed_by(self, start: Point, end: Point) -> bool:
        """Say whether a straight line runs through the rectangle (Liang and Barsky)."""
        low, high = 0.0, 1.0
        dx, dy = end[0] - start[0], end[1] - start[1]
        for step, room in (
            (-dx, start[0] - self.left),
            (dx, self.right - start[0]),
            (-dy, start[1] - self.top),
            (dy, self.bottom - start[1]),
        ):
            if step == 0:
                if room < 0:
                    return False
            elif step < 0:
                low = max(low, room / step)
            else:
                high = min(high, room / step)
        return low <= high


def around(middle: Point, width: float, height: float) -> Rect:
    """Return the rectangle of a size around a point."""
    x, y = middle
    return Rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def spread(points: Sequence[Point], sizes: Sequence[Box], frame: Rect, gap: float) -> list[Point]:
    """Return positions near the given points at which marks of some sizes do not overlap.

    Args:
        points: where the marks belong.
        sizes: the marks' width and height, as (0, 0, width, height).
        frame: what no mark may leave.
        gap: points kept free between two marks.
    """
    here = [_held(point, size, frame) for point, size in zip(points, sizes, strict=True)]
    for turn in range(400):
        moved = False
        for one in range(len(here)):
            for two in range(one + 1, len(here)):
                push = _push(here[one], here[two], sizes[one], sizes[two], gap, one + turn)
                if push is None:
                    continue
                moved = True
                dx, dy = push
                here[one] = _held((here[one][0] - dx, here[one][1] - dy), sizes[one], frame)
                here[two] = _held((here[two][0] + dx, here[two][1] + dy), sizes[two], frame)
        if not moved:
            break
    return here


def _held(point: Point, size: Box, frame: Rect) -> Point:
    """Return the point moved so that a mark of a size stays in the frame."""
    half_w, half_h = size[2] / 2, size[3] / 2
    return (
        min(max(point[0], frame.left + half_w), frame.right - half_w),
        min(max(point[1], frame.top + half_h), frame.bottom - half_h),
    )


def _push(one: Point, two: Point, size1: Box, size2: Box, gap: float, turn: int) -> Point | None:
    """Return half the shift that parts two marks, or None where they are apart."""
    if not around(one, size1[2], size1[3]).hits(around(two, size2[2], size2[3]), gap):
        return None
    dx, dy = two[0] - one[0], two[1] - one[1]
    distance = math.hypot(dx, dy)
    if distance < 0.5:
        angle = 2.4 * turn
        dx, dy, distance = math.cos(angle), math.sin(angle), 1.0
    return 0.8 * dx / distance, 0.8 * dy / distance


@dataclass(frozen=True)
class Placed:
    """A label's place, and whether it needs a line to its mark."""

    rect: Rect
    led: bool


def place_label(
    mark: Rect,
    width: float,
    height: float,
    taken: Sequence[Rect],
    lines: Sequence[tuple[Point, Point]],
    frame: Rect,
) -> Placed | None:
    """Return the best free place for a mark's label: beside it, or farther off with a line.

    Crossing a route costs, distance costs, and the right side is liked best.
    """
    best: tuple[float, Placed] | None = None
    for distance in (3.0, 8.0, 14.0, 22.0, 32.0, 44.0, 60.0, 80.0, 110.0, 150.0, 200.0):
        for liking, rect in enumerate(_candidates(mark, width, height, distance)):
            if not rect.within(frame) or any(rect.hits(other, 1.5) for other in taken):
                continue
            led = distance > 8.0
            start, end = leader(mark, rect)
            if led and any(other.crossed_by(start, end) for other in taken if other != mark):
                continue
            crossings = sum(rect.crossed_by(start, end) for start, end in lines)
            cost = distance + 1.2 * liking + 16 * crossings + (12 if led else 0)
            if best is None or cost < best[0]:
                best = (cost, Placed(rect, led))
        if best is not None and best[0] < 1.6 * distance:
            break
    return None if best is None else best[1]


def _candidates(mark: Rect, width: float, height: float, distance: float) -> list[Rect]:
    """Return where a label may stand at a distance from its mark, the most liked first."""
    x, y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    half_w, half_h = (mark.right - mark.left) / 2, (mark.bottom - mark.top) / 2
    rects = []
    for angle in (0, 180, -30, 30, 210, 150, -60, 60, -90, 90, 240, 120):
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        near = (x + cos * (half_w + distance), y + sin * (half_h + distance))
        left = near[0] if cos > 0.3 else near[0] - width if cos < -0.3 else near[0] - width / 2
        top = near[1] - height / 2 + sin * height / 2
        rects.append(Rect(left, top, left + width, top + height))
    return rects


def leader(mark: Rect, label: Rect) -> tuple[Point, Point]:
    """Return the ends of the line that leads from a mark to its label."""
    x, y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    end = (min(max(x, label.left), label.right), min(max(y, label.top), label.bottom))
    length = math.hypot(end[0] - x, end[1] - y) or 1.0
    radius = min((mark.right - mark.left) / 2, (mark.bottom - mark.top) / 2)
    return (x + (end[0] - x) / length * radius, y + (end[1] - y) / length * radius), end


def free_spot(
    ring: Sequence[Point],
    width: float,
    height: float,
    taken: Sequence[Rect],
    lines: Sequence[tuple[Point, Point]],
    frame: Rect,
) -> Rect | None:
    """Return a free place for a name inside a ring, the nearest to the middle of what is seen."""
    seen = [
        (min(max(x, frame.left), frame.right), min(max(y, frame.top), frame.bottom))
        for x, y in ring
    ]
    left, right = min(x for x, _ in seen), max(x for x, _ in seen)
    top, bottom = min(y for _, y in seen), max(y for _, y in seen)
    if right - left < width or bottom - top < height:
        return None
    middle = ((left + right) / 2, (top + bottom) / 2)
    steps = 13
    spots = [
        (left + (right - left) * (i + 0.5) / steps, top + (bottom - top) * (j + 0.5) / steps)
        for i in range(steps)
        for j in range(steps)
    ]
    spots.sort(key=lambda spot: math.hypot(spot[0] - middle[0], spot[1] - middle[1]))
    for spot in spots:
        rect = around(spot, width, height)
        corners = [(x, y) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]
        if (
            rect.within(frame)
            and not any(rect.hits(other, 4) for other in taken)
            and not any(rect.crossed_by(start, end) for start, end in lines)
            and all(inside(corner, ring) for corner in corners)
        ):
            return rect
    return None


def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Say whether a point lies in a closed ring (even–odd)."""
    x, y = point
    odd = False
    before = ring[-1]
    for here in ring:
        if (here[1] > y) != (before[1] > y):
            cut = before[0] + (y - before[1]) / (here[1] - before[1]) * (here[0] - before[0])
            odd ^= x < cut
        before = here
    return odd
