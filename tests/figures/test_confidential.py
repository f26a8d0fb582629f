"""The mark on pictures of real data."""

from dataclasses import replace

import pytest

import cslab
from cslab.book.confidential import remember
from cslab.figures.png import small_png
from cslab.figures.sheet import sheet

MARK = {"en": "CONFIDENTIAL · real data", "ja": "社外秘 · 実データ"}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_picture_of_a_session_with_real_data_bears_the_mark(lang):
    remember(replace(cslab.load("synthetic:tiny"), synthetic=False))
    ax = sheet(None, lang)
    assert ax.figure.get_suptitle() == MARK[lang]
    assert sheet(ax, lang).figure.get_suptitle() == MARK[lang]
    assert b"IEND" in small_png(ax.figure)


def test_pictures_of_made_up_companies_bear_none():
    assert remember(cslab.load("synthetic:tiny")) and sheet(None, "ja").figure.get_suptitle() == ""


def test_the_mark_stays_on_the_sheet_and_takes_nothing_from_the_title():
    remember(replace(cslab.load("synthetic:tiny"), synthetic=False))
    ax = sheet(None, "ja")
    ax.set_title("顧客の残存率", loc="left")
    figure = ax.figure
    figure.draw_without_rendering()
    said = figure.texts[0] if figure.texts else figure._suptitle
    boxes = [artist.get_window_extent() for artist in (said, ax.title)]
    assert figure.bbox.contains(boxes[0].x1, boxes[0].y1) and not boxes[0].overlaps(ax._left_title.get_window_extent())
