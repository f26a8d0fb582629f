"""One look for every picture: seaborn's theme, Japanese glyphs behind the Latin ones, and colours with a fixed meaning.

The colours start from Okabe and Ito's set, darkened where a thin line or a word would be too faint on white.
Nothing is told by colour alone: a role has its own dash and marker, a status its own place and word.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

LATIN, JAPANESE = "DejaVu Sans", "IPAexGothic"
INK, QUIET, FAINT = "#1F2933", "#5F6B76", "#C9D1D8"


@dataclass(frozen=True)
class Role:
    """How one of the three numbers of a lesson looks, on every picture.

    Parameters
    ----------
    colour : str
        Of lines and marks.
    ink : str
        Of words and figures: the same hue, dark enough to read on white.
    dash, marker : str
        Of the line and of the mark, so that the role is seen without its colour.

    >>> ROLES["better"].dash
    '-'
    """

    colour: str
    ink: str
    dash: str
    marker: str


ROLES = {
    "naive": Role("#D98A00", "#8F5800", "--", "s"),
    "better": Role("#0072B2", "#00639B", "-", "o"),
    "truth": Role("#111111", "#111111", ":", "D"),
}
STOCK = {
    "stock_plain": ROLES["naive"],
    "stock_period": Role("#A84575", "#8F3468", "-.", "^"),
    "stock_watched": ROLES["better"],
}
"""Three readings of a stock list: the misleading one looks naive, the section's own better, the third like neither."""
STATUS = {
    "left": Role("#B5460F", "#B5460F", "-", "o"),
    "stayed": Role("#4FA8DB", "#1F6E9C", "-", "s"),
    "churned": Role("#B5460F", "#B5460F", "-", "o"),
    "contracted": Role("#F0BE7A", "#8F5800", "-", "v"),
    "renewed": Role("#A8D2EC", "#1F6E9C", "-", "s"),
    "expanded": Role("#2F80B5", "#00639B", "-", "^"),
    "open": Role("#FFFFFF", "#5F6B76", ":", "o"),
}
GROUPS = tuple(
    Role(colour, ink, "-", marker)
    for colour, ink, marker in (
        ("#0072B2", "#00639B", "o"),
        ("#D98A00", "#8F5800", "s"),
        ("#00805F", "#006B50", "^"),
        ("#A8457E", "#8F3468", "D"),
        ("#4FA8DB", "#1F6E9C", "v"),
        ("#B5460F", "#B5460F", "P"),
        ("#5F6B76", "#5F6B76", "X"),
    )
)


def group_look(place: int) -> Role:
    """The look of the n-th group of a picture without roles.

    Parameters
    ----------
    place : int
        From 0; after the last look they begin again.

    >>> group_look(0).colour
    '#0072B2'
    """
    return GROUPS[place % len(GROUPS)]


def status_look(name: Hashable) -> Role:
    """The look of a status; quiet grey for one that the kit does not know.

    >>> status_look("churned") == status_look("left")
    True
    """
    return STATUS.get(str(name), Role(QUIET, QUIET, "-", "o"))


_LINES = {
    "axes.linewidth": 0.8,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.5,
    "lines.linewidth": 2.0,
    "patch.linewidth": 0.6,
    "xtick.major.size": 3.5,
    "xtick.major.width": 0.8,
    "ytick.major.width": 0.0,
}
_INKS = {
    "axes.edgecolor": "#9AA5B1",
    "axes.labelcolor": QUIET,
    "axes.titlecolor": INK,
    "figure.facecolor": "white",
    "grid.color": "#E6EAEE",
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
}
_SIZES = {
    "axes.labelsize": 9.5,
    "axes.titlesize": 12.5,
    "figure.dpi": 96,
    "figure.figsize": (7.3, 4.2),
    "font.size": 9.5,
    "legend.fontsize": 9.0,
    "savefig.dpi": 96,
    "xtick.labelsize": 9.0,
    "ytick.labelsize": 9.0,
}
_SHEET = {
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titleweight": "normal",
    "axes.unicode_minus": False,
    "figure.constrained_layout.use": True,
    "legend.frameon": False,
}


def settings() -> dict[str, Any]:
    """The matplotlib settings that make the look, without setting them.

    Returns
    -------
    dict
        For ``matplotlib.rcParams`` or ``matplotlib.rc_context``.

    >>> settings()["font.family"]
    ['DejaVu Sans', 'IPAexGothic']
    """
    return {**_LINES, **_INKS, **_SIZES, **_SHEET, "font.family": [LATIN, JAPANESE]}


@cache
def _japanese_font() -> Path:
    """The font file inside matplotlib-fontja, found without importing it: its import would switch the global font."""
    spec = find_spec("matplotlib_fontja")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("matplotlib-fontja is not installed: pip install matplotlib-fontja")
    return Path(spec.origin).parent / "fonts" / "ipaexg.ttf"


def _know_the_font() -> None:
    """Tell matplotlib of the Japanese font, once however often it is asked."""
    from matplotlib.font_manager import fontManager

    if JAPANESE not in {font.name for font in fontManager.ttflist}:
        fontManager.addfont(str(_japanese_font()))


def use_style() -> None:
    """Set the kit's look for this session: seaborn's theme first, then fonts, sizes and colours.

    May be called any number of times. The order matters: seaborn's theme resets the font. In a notebook, pictures are
    shown as small PNGs from now on.

    Raises
    ------
    ModuleNotFoundError
        Where the package that carries the Japanese font is missing.

    >>> use_style()
    >>> import matplotlib
    >>> matplotlib.rcParams["font.family"]
    ['DejaVu Sans', 'IPAexGothic']
    """
    import matplotlib as mpl
    import seaborn as sns

    from cslab.figures.png import show_small

    _know_the_font()
    sns.set_theme(context="notebook", style="ticks", palette=[role.colour for role in GROUPS])
    mpl.rcParams.update(settings())  # type: ignore[arg-type]
    show_small()


def style_is_set() -> bool:
    """Whether :func:`use_style` has been called and nobody has reset the font since.

    >>> use_style()
    >>> style_is_set()
    True
    """
    import matplotlib as mpl

    return list(mpl.rcParams["font.family"]) == [LATIN, JAPANESE]
