"""Words on a picture: beside a point, at the end of a line, never in a legend that has to be searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from unicodedata import east_asian_width

from cslab.figures.style import FAINT, QUIET

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Within = Literal["data", "axes", "column", "row"]
Side = Literal["left", "center", "right"]
LINE = 0.066


class End(NamedTuple):
    """The words that belong at the end of a line: its last height, the text, the ink."""

    height: float
    text: str
    ink: str


def write(
    ax: Axes,
    text: str,
    at: tuple[float, float],
    shift: tuple[float, float] = (0, 0),
    *,
    within: Within = "data",
    side: Side = "center",
    ink: str = QUIET,
    size: float = 8.5,
    kind: str = "",
) -> None:
    """Write a few words at a place.

    Parameters
    ----------
    ax : Axes
    text : str
    at : (float, float)
        The place, by ``within``: both in data, both as shares of the axes, ``"column"`` (x in data, y as a share) or
        ``"row"`` (x as a share, y in data).
    shift : (float, float)
        Points to move from there. Words shifted down hang from the place, others stand on it, unshifted are centred.
    side : str
        Which side of the text is at the place.
    ink : str
        Colour.
    size : float
        In points.
    kind : str
        What the words are, so that a reader of the axes finds them (``text.get_gid()``).

    >>> from cslab.figures.sheet import sheet
    >>> ax = sheet(None, "en")
    >>> write(ax, "cliff", (12, 0.1), kind="rate")
    >>> ax.texts[0].get_gid()
    'rate'
    """
    places: dict[str, Any] = {"data": "data", "axes": "axes fraction"}
    places |= {"column": ax.get_xaxis_transform(), "row": ax.get_yaxis_transform()}
    upright = "top" if shift[1] < 0 else "bottom" if shift[1] > 0 else "center"
    look: dict[str, Any] = {"fontsize": size, "color": ink, "linespacing": 1.25, "annotation_clip": False, "gid": kind}
    ax.annotate(text, at, shift, xycoords=places[within], textcoords="offset points", ha=side, va=upright, **look)


def label_ends(ax: Axes, ends: Sequence[End]) -> None:
    """Write each line's name beside its end. Call when the limits are final.

    Parameters
    ----------
    ax : Axes
        With its y limits set.
    ends : sequence of End
        One a line.

    >>> from cslab.figures.sheet import sheet
    >>> ax = sheet(None, "en")
    >>> label_ends(ax, [End(0.5, "smb", "black"), End(0.5, "mid", "black")])
    >>> [text.get_text() for text in ax.texts]
    ['smb', 'mid']
    """
    low, high = ax.get_ylim()
    wanted = [(end.height - low) / (high - low) for end in ends]
    tallest = max((end.text.count("\n") + 1 for end in ends), default=1)
    for end, true, moved in zip(ends, wanted, spread(wanted, LINE * tallest), strict=True):
        thread = {"arrowstyle": "-", "color": FAINT, "lw": 0.7, "shrinkA": 0, "shrinkB": 0}
        look: dict[str, Any] = {"color": end.ink, "fontsize": 9, "annotation_clip": False, "gid": "end"}
        look |= {"arrowprops": thread} if abs(moved - true) > LINE / 3 else {}
        ax.annotate(end.text, (1, true), (1.025, moved), "axes fraction", "axes fraction", va="center", **look)


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Heights moved apart so that words at them do not overlap, each as near to its own as that allows.

    Parameters
    ----------
    heights : sequence of float
        Wanted heights, in any order.
    gap : float
        Least distance between two.

    Returns
    -------
    list of float
        In the order of ``heights``; their order by size is kept.

    >>> [round(height, 2) for height in spread([0.5, 0.52, 0.9], 0.1)]
    [0.46, 0.56, 0.9]
    """
    crowds: list[list[int]] = []
    for place in sorted(range(len(heights)), key=lambda one: heights[one]):
        crowds.append([place])
        while len(crowds) > 1 and _too_near(heights, crowds[-2], crowds[-1], gap):
            crowds[-2:] = [crowds[-2] + crowds[-1]]
    moved = [0.0] * len(heights)
    for crowd in crowds:
        for order, place in enumerate(crowd):
            moved[place] = _middle(heights, crowd) + gap * (order - (len(crowd) - 1) / 2)
    return moved


def _middle(heights: Sequence[float], crowd: Sequence[int]) -> float:
    """Where a crowd of words would like to be centred."""
    return sum(heights[place] for place in crowd) / len(crowd)


def _too_near(heights: Sequence[float], lower: Sequence[int], upper: Sequence[int], gap: float) -> bool:
    """Whether two crowds, each spread about its middle, would overlap."""
    return _middle(heights, upper) - _middle(heights, lower) < gap * (len(lower) + len(upper)) / 2 - 1e-12


def width(text: str) -> int:
    """How many Latin letters wide a text is; Japanese ones count double.

    >>> width("MRR"), width("解約")
    (3, 4)
    """
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
