"""Small PNGs: light, the right size, the same every time, and what a notebook shows after use_style."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from cslab.figures import use_style
from cslab.figures.png import show_small, small_png
from cslab.figures.survival import hazard_comb

pytestmark = pytest.mark.slow


def test_a_picture_is_about_700_pixels_wide_and_light_enough_to_mail(comb_by_term: pd.DataFrame) -> None:
    data = small_png(hazard_comb(comb_by_term, lang="ja").figure)
    assert 640 <= Image.open(BytesIO(data)).width <= 740
    assert len(data) < 40_000


def to_rgb255(name: str) -> np.ndarray:
    """A colour in steps of 0-255."""
    return np.array([int(name[place : place + 2], 16) for place in (1, 3, 5)])


def test_small_marks_keep_their_colour_beside_large_ones_and_light_areas_do_not_turn_white() -> None:
    import matplotlib.pyplot as plt

    figure, ax = plt.subplots(figsize=(7, 4))
    ax.set_axis_off()
    ax.plot([0.5], [0.5], "^", color="#D98A00", markersize=8, markeredgewidth=0)
    ax.fill_between([0, 1], 0, 0.2, color="#F8FAFC", linewidth=0)
    for place, colour in enumerate(["#B5460F", "#00805F", "#1F2933", "#E69F00"]):
        ax.fill_between([0, 1], 0.3 + place / 50, 0.32 + place / 50, color=colour)
        ax.text(place / 5, 0.8, "あいう 123", color=colour, size=14)
    picture = Image.open(BytesIO(small_png(figure))).convert("RGB")
    plt.close(figure)
    colours = np.array([colour for _, colour in picture.getcolors(picture.width * picture.height)])
    away = {name: abs(colours - to_rgb255(name)).max(axis=1).min() for name in ("#D98A00", "#F8FAFC", "#B5460F")}
    assert away["#D98A00"] < 16 and away["#F8FAFC"] == away["#B5460F"] == 0


def test_the_same_figure_gives_the_same_bytes(comb: pd.DataFrame) -> None:
    figure = hazard_comb(comb).figure
    assert small_png(figure) == small_png(figure)


def test_a_notebook_shows_pictures_small_after_use_style(comb: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    from IPython.core.interactiveshell import InteractiveShell

    shell: Any = InteractiveShell()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    use_style()
    figure = hazard_comb(comb).figure
    assert shell.display_formatter.formatters["image/png"](figure) == small_png(figure)


def test_outside_a_notebook_there_is_nothing_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("IPython.get_ipython", lambda: None)
    show_small()
