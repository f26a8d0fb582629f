"""Where the boxes of a chain stand and which way its links take: a column a level, and no line through a box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

Point = tuple[float, float]
Pair = tuple[str, str]

GAP, PORT, TRACK = 34.0, 27.0, 6.0
"""Points between two rows, between two links that enter one box, and between two lines that run side by side."""


@dataclass(frozen=True)
class Box:
    """A node's box: its middle and size in points, x from the left, y downwards.

    Parameters
    ----------
    x, y, width, height : float

    >>> Box(50, 20, 40, 10).left, Box(50, 20, 40, 10).bottom
    (30.0, 25.0)
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Places:
    """The layout of a chain.

    Parameters
    ----------
    columns : mapping of str to int
        The column of each node, in an order in which sources come before what they act on.
    links : sequence of (str, str)
        From, to.
    lines : mapping of str to int
        Lines of text in each box.
    width : float
        Of all columns together, in points.

    >>> places = Places({"a": 0, "b": 1, "c": 1}, [("a", "b"), ("b", "c")], {"a": 1, "b": 1, "c": 1}, 300)
    >>> places.rows
    {'a': 0, 'b': 0, 'c': 1}
    """

    columns: Mapping[str, int]
    links: Sequence[Pair]
    lines: Mapping[str, int]
    width: float
    gutter: float = 64.0
    _tracks: dict[int, list[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each node: that of its lowest source, or the next below it that is free."""
        rows: dict[str, int] = {}
        for name, column in self.columns.items():
            sources = [source for source, target in self.links if target == name and source in rows]
            row = max((rows[source] for source in sources), default=0)
            taken = {rows[other] for other in rows if self.columns[other] == column}
            rows[name] = next(free for free in range(row, row + len(self.columns) + 1) if free not in taken)
        return rows

    @cached_property
    def box_width(self) -> float:
        """How wide a box is."""
        count = max(self.columns.values(), default=0) + 1
        return min((self.width - (count - 1) * self.gutter) / count, 150.0)

    @cached_property
    def _step(self) -> float:
        """From the middle of one column to that of the next."""
        count = max(self.columns.values(), default=0) + 1
        return (self.width - self.box_width) / (count - 1) if count > 1 else 0.0

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """The box of each node; a row is as high as its highest."""
        high = {name: self._height(name) for name in self.columns}
        depth = max(self.rows.values(), default=0) + 1
        tall = [
            max((high[name] for name, row in self.rows.items() if row == place), default=0) for place in range(depth)
        ]
        middle = [sum(tall[:row]) + row * GAP + tall[row] / 2 for row in range(depth)]
        return {
            name: Box(self.box_width / 2 + column * self._step, middle[self.rows[name]], self.box_width, high[name])
            for name, column in self.columns.items()
        }

    @property
    def depth(self) -> float:
        """How far down the lowest box reaches, in points."""
        return max(box.bottom for box in self.boxes.values())

    def _height(self, name: str) -> float:
        """The height of a box: its text, and the links that enter it at the side."""
        entering = max(len(self._enters(name, "left")), len(self._enters(name, "right")))
        return max(12.5 * self.lines[name] + 9, PORT * entering)

    def straight_down(self, link: Pair) -> bool:
        """Whether a link leads down within a column, past no other box.

        >>> Places({"a": 0, "b": 0}, [("a", "b")], {"a": 1, "b": 1}, 100).straight_down(("a", "b"))
        True
        """
        source, target = link
        if self.columns[source] != self.columns[target] or self.rows[target] <= self.rows[source]:
            return False
        rows = {self.rows[name] for name, column in self.columns.items() if column == self.columns[source]}
        return not rows & set(range(self.rows[source] + 1, self.rows[target]))

    def side(self, link: Pair) -> str:
        """The edge of its target at which a link enters: ``top``, ``left`` or ``right``.

        >>> Places({"a": 0, "b": 1}, [("a", "b")], {"a": 1, "b": 1}, 200).side(("a", "b"))
        'left'
        """
        if self.straight_down(link):
            return "top"
        return "left" if self.columns[link[1]] >= self.columns[link[0]] else "right"

    def _enters(self, name: str, side: str) -> list[Pair]:
        """The links that enter a box at a side, from the one that comes from highest up."""
        found = [link for link in self.links if link[1] == name and self.side(link) == side]
        return sorted(found, key=lambda link: self.rows[link[0]])

    def end(self, link: Pair) -> Point:
        """Where a link enters its target.

        >>> Places({"a": 0, "b": 1}, [("a", "b")], {"a": 1, "b": 1}, 200).end(("a", "b"))
        (132.0, 13.5)
        """
        box, side = self.boxes[link[1]], self.side(link)
        if side == "top":
            return box.x, box.top
        beside = self._enters(link[1], side)
        down = box.y + PORT * (beside.index(link) - (len(beside) - 1) / 2)
        return (box.left if side == "left" else box.right), down

    def _gutter(self, column: int, source: str) -> float:
        """Where the lines from a source run down to the left of a column; each source has a track of its own."""
        users = self._tracks.setdefault(column, [])
        if source not in users:
            users.append(source)
        return self.box_width / 2 + (column - 1) * self._step + self.box_width / 2 + TRACK * (1 + users.index(source))

    def way(self, link: Pair) -> list[Point]:
        """The corners of a link, from its source to its target.

        >>> places = Places({"a": 0, "b": 1}, [("a", "b")], {"a": 1, "b": 1}, 200)
        >>> places.way(("a", "b"))
        [(68.0, 13.5), (132.0, 13.5)]
        """
        source, target = self.boxes[link[0]], self.end(link)
        if self.straight_down(link):
            return [(source.x, source.bottom), target]
        if self.columns[link[0]] == self.columns[link[1]]:
            return self._beside(link, target)
        leaves = (source.left if self.columns[link[1]] < self.columns[link[0]] else source.right), source.y
        if leaves[1] == target[1] and self._free(link[0], self.columns[link[1]]):
            return [leaves, target]
        return [leaves, *self._corners(link, leaves, target), target]

    def _beside(self, link: Pair, target: Point) -> list[Point]:
        """The corners of a link within a column that leads past other boxes, on their left."""
        source, lane = self.boxes[link[0]], self._lane(link[0], target[1])
        x, near = source.left + TRACK, self._gutter(self.columns[link[1]], link[0])
        edge = source.bottom if lane > source.y else source.top
        return [(x, edge), (x, lane), (near, lane), (near, target[1]), target]

    def _free(self, name: str, column: int) -> bool:
        """Whether no box stands between a node and another column in its row."""
        first, last = sorted((self.columns[name], column))
        between = range(first + 1, last)
        return not any(self.rows[other] == self.rows[name] and self.columns[other] in between for other in self.columns)

    def _corners(self, link: Pair, leaves: Point, target: Point) -> list[Point]:
        """The bends of a link that is neither straight down nor straight across."""
        source, last, onward = link[0], self.columns[link[1]], self.side(link) == "left"
        near = self._gutter(last if onward else last + 1, source)
        if self._free(source, last):
            return [(near, leaves[1]), (near, target[1])]
        first, lane = self._gutter(self.columns[source] + onward, source), self._lane(source, target[1])
        return [(first, leaves[1]), (first, lane), (near, lane), (near, target[1])]

    def _lane(self, name: str, height: float) -> float:
        """The height between two rows at which a line passes the boxes beside a node, on the side of its target."""
        row, down = self.rows[name], height > self.boxes[name].y
        peers = [self.boxes[other] for other, place in self.rows.items() if place == row]
        return max(box.bottom for box in peers) + GAP / 4 if down else min(box.top for box in peers) - GAP / 4
