"""Small PNGs: light, the right size, the same every time, and what a notebook shows after use_style."""

from __future__ import annotations

from io import BytesIO
from typing import Any

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
