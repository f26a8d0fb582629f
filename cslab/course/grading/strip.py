"""The numbers of a class as dots on a line, the typical mistakes named below it, the right number not marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from string import ascii_lowercase

from cslab.course.questions.judge import short
from cslab.words import word

WIDTH, EDGE, TALLEST, DOT, LINE = 340.0, 18.0, 96.0, 9.0, 14.0
"""Of the picture, in units that a narrow telephone shows as pixels: its width, the margin at both ends, the tallest
heap of dots, one dot, a line of letters."""
MANY = 10
"""Dots in a heap from which on their number stands above it."""
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """A line of numbers across the picture.

    Parameters
    ----------
    low, high : float
        The numbers at its ends.

    >>> Scale(0.0, 1.0).place(0.5)
    170.0
    """

    low: float
    high: float

    @staticmethod
    def around(target: float, wrong: Sequence[float], tolerance: float) -> Scale:
        """A line that holds the right number and the typical wrong ones, with room at both ends.

        A slip of the unit is a hundred times as large and would press all else together: what lies farther off than
        four times the next nearer one stands at the end.

        Parameters
        ----------
        target : float
        wrong : sequence of float
        tolerance : float
            Of the question.

        >>> Scale.around(2.0, [3.0, 4.0, 400.0], 0.0005)
        Scale(low=1.0, high=5.0)
        """
        near, reach = [target], max(abs(target) / 4, 10 * tolerance) or 1.0
        for value in sorted(wrong, key=lambda value: abs(value - target)):
            if abs(value - target) > 4 * reach:
                break
            near, reach = [*near, value], max(reach, abs(value - target))
        room = (max(near) - min(near)) / 2 or reach
        return Scale(min(near) - room, max(near) + room)

    def place(self, value: float) -> float:
        """Where a number stands; one beyond the line stands at its end.

        >>> Scale(0.0, 1.0).place(86.0)
        322.0
        """
        share = (value - self.low) / (self.high - self.low)
        return EDGE + min(max(share, 0.0), 1.0) * (WIDTH - 2 * EDGE)

    def beyond(self, values: Sequence[float]) -> tuple[int, int]:
        """How many numbers lie below the line, and how many above it.

        >>> Scale(0.0, 1.0).beyond([-5.0, 0.5, 86.0, 90.0])
        (1, 2)
        """
        return sum(value < self.low for value in values), sum(value > self.high for value in values)

    def ticks(self) -> list[float]:
        """A few round numbers along the line.

        >>> Scale(0.0, 1.0).ticks()
        [0.0, 0.25, 0.5, 0.75, 1.0]
        """
        rough = (self.high - self.low) / 4
        power = 10 ** math.floor(math.log10(rough))
        step = next(size * power for size in _STEPS if size * power >= rough * 0.999)
        first = math.ceil(self.low / step - 1e-9)
        return [place * step for place in range(first, math.floor(self.high / step + 1e-9) + 1)]


def strip(values: Sequence[float], wrong: Sequence[float], scale: Scale, lang: str) -> str:
    """The picture, as SVG.

    Parameters
    ----------
    values : sequence of float
        The answers, in any order: dots with the same number cannot be told apart.
    wrong : sequence of float
        What the typical mistakes give; named ``a``, ``b`` … in this order.
    scale : Scale
    lang : str
        ``"en"`` or ``"ja"``.

    >>> strip([0.8, 0.8, 1.0], [1.0], Scale(0.6, 1.2), "en").count("<circle")
    3
    """
    heaps = _heaps(values, scale)
    size = min(DOT, TALLEST / max([1, *map(len, heaps.values())]))
    ground = max([2 * DOT, *(size * len(heap) for heap in heaps.values())]) + LINE + 4
    dots = "".join(
        f'<circle cx="{place:.1f}" cy="{ground - size * (height + 0.5) - 2:.1f}" r="{size * 0.44:.2f}"/>'
        for place, heap in heaps.items()
        for height in range(len(heap))
    )
    dots += "".join(
        f'<text x="{place:.1f}" y="{ground - size * len(heap) - 5:.1f}">{len(heap)}</text>'
        for place, heap in heaps.items()
        if len(heap) >= MANY
    )
    letters, depth = _letters(wrong, scale, ground + 2 * LINE + 4)
    text = escape(word("grade.class.strip", lang, answers=", ".join(map(short, sorted(values))) or "–"), quote=True)
    return (
        f'<svg class="strip" viewBox="0 0 {WIDTH:.0f} {depth:.0f}" role="img" aria-label="{text}">'
        f"{_axis(scale, ground)}{dots}{letters}{_ends(scale, values, lang)}</svg>"
    )


def _heaps(values: Sequence[float], scale: Scale) -> dict[float, list[float]]:
    """The numbers by the place of their heap: those less than a dot apart are heaped up, beginning with the least."""
    heaps: dict[float, list[float]] = {}
    place = -math.inf
    for value in sorted(values):
        if scale.place(value) - place >= DOT:
            place = scale.place(value)
        heaps.setdefault(place, []).append(value)
    return heaps


def _axis(scale: Scale, ground: float) -> str:
    """The line with its round numbers."""
    parts = [f'<line class="axis" x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{ground}" y2="{ground}"/>']
    for tick in scale.ticks():
        x = f"{scale.place(tick):.1f}"
        parts.append(f'<line class="axis" x1="{x}" x2="{x}" y1="{ground}" y2="{ground + 3}"/>')
        parts.append(f'<text class="tick" x="{x}" y="{ground + LINE}">{short(tick)}</text>')
    return "".join(parts)


def _letters(wrong: Sequence[float], scale: Scale, top: float) -> tuple[str, float]:
    """The letters of the typical mistakes below the line, and how deep they reach; near ones stand below each other."""
    parts, rows = [], list[list[float]]()
    for letter, value in zip(ascii_lowercase, wrong, strict=False):
        x = scale.place(value)
        row = next((row for row in rows if all(abs(x - other) > 2 * DOT for other in row)), None)
        if row is None:
            rows.append(row := [])
        y = top + LINE * next(place for place, one in enumerate(rows) if one is row)
        row.append(x)
        sign = "◂" if value < scale.low else "▸" if value > scale.high else "▴"
        parts.append(f'<text x="{x:.1f}" y="{y:.1f}">{sign}</text>')
        parts.append(f'<text class="letter" x="{x + 4:.1f}" y="{y:.1f}">{letter}</text>')
    return "".join(parts), top + LINE * max(len(rows) - 1, 0) + 4


def _ends(scale: Scale, values: Sequence[float], lang: str) -> str:
    """How many numbers are too small or too large for the line."""
    below, above = scale.beyond(values)
    counted = (word("grade.class.beyond", lang, count=count) if count else "" for count in (below, above))
    less, more = map(escape, counted)
    left = f'<text class="tick first" x="{EDGE - DOT / 2}" y="{LINE - 3}">◂ {less}</text>' if less else ""
    return left + (
        f'<text class="tick last" x="{WIDTH - EDGE + DOT / 2}" y="{LINE - 3}">{more} ▸</text>' if more else ""
    )
