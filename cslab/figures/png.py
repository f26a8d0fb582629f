"""Pictures as small PNG files: a lesson of eight pictures stays light enough to mail."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

COLOURS = 256
AREA, APART = 300, 16
"""Pixels from which a colour fills an area and is kept as it is; steps of red, green or blue, of 255, that all other
colours lie apart."""


def small_png(figure: Figure) -> bytes:
    """A figure as PNG with a palette: a fifth of the size, and no difference to see on flat colours.

    Parameters
    ----------
    figure : Figure

    Returns
    -------
    bytes
        A PNG file at the figure's own resolution; the same bytes for the same figure.

    >>> from cslab.figures.sheet import sheet
    >>> small_png(sheet(None, "en").figure)[1:4]
    b'PNG'
    """
    from PIL import Image

    full, small = BytesIO(), BytesIO()
    figure.draw_without_rendering()  # the layout settles in its second round; the picture must not depend on the first
    figure.savefig(full, format="png", dpi=figure.dpi, bbox_inches="tight", pad_inches=0.06)
    places, palette = _with_palette(np.asarray(Image.open(full).convert("RGB")))
    picture = Image.fromarray(places)
    picture.putpalette(palette.tobytes())
    picture.save(small, "PNG", optimize=True)
    return small.getvalue()


def _with_palette(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A picture as places in a palette, and the palette: every area's colour, and of all others those that lie apart.

    A palette that is made by halving the colours' space gives small marks the colour of larger ones.
    """
    packed = pixels.astype(np.int32) @ np.array([1 << 16, 1 << 8, 1], np.int32)
    values, inverse, counts = np.unique(packed, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    colours = np.stack([values >> 16, values >> 8 & 255, values & 255], axis=1).astype(np.int16)
    kept = colours[order[:1]]
    for place in order[1:]:
        if counts[place] >= AREA or (abs(kept - colours[place]).max(axis=1) >= APART).all():
            kept = np.vstack([kept, colours[place]])[:COLOURS]
    nearest = abs(colours[:, None] - kept).max(axis=2).argmin(axis=1).astype(np.uint8)
    return nearest[inverse].reshape(packed.shape), kept.astype(np.uint8)


def show_small() -> None:
    """In a notebook, show figures as small PNGs from now on; elsewhere do nothing.

    >>> show_small()
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None or "image/png" not in shell.display_formatter.formatters:
        return
    import matplotlib.pyplot as plt
    from matplotlib.figure import Figure

    plt.switch_backend(plt.get_backend())  # its start sets the notebook's own formatter, which must not come after ours
    shell.display_formatter.formatters["image/png"].for_type(Figure, small_png)
