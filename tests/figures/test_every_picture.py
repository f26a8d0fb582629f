"""What holds for all pictures: both languages, every glyph, nothing cut off, a note, the axes that were given."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from itertools import combinations
from typing import Any

import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from cslab.faults import UsageError
from cslab.figures.sheet import note_of
from tests.figures.alert_frames import NAMES as ALERTS
from tests.figures.allocation_frames import NAMES as ALLOCATION
from tests.figures.cause_frames import NAMES as CAUSES
from tests.figures.dashboard_frames import NAMES as DASHBOARD
from tests.figures.design_frames import NAMES as DESIGNS
from tests.figures.effect_frames import NAMES as EFFECTS
from tests.figures.hazard_frames import NAMES as HAZARD
from tests.figures.health_frames import NAMES as HEALTH
from tests.figures.illusion_frames import NAMES as ILLUSIONS
from tests.figures.impact_frames import NAMES as IMPACT
from tests.figures.journey_frames import NAMES as JOURNEY
from tests.figures.landmark_frames import NAMES as LANDMARK
from tests.figures.lifecycle_frames import NAMES as LIFECYCLE
from tests.figures.onboarding_frames import NAMES as ONBOARDING
from tests.figures.precision_frames import NAMES as PRECISION
from tests.figures.renewal_frames import NAMES as RENEWALS
from tests.figures.score_frames import NAMES as SCORES
from tests.figures.signing_frames import NAMES as SIGNING
from tests.figures.touch_frames import NAMES as TOUCH

pytestmark = pytest.mark.slow

Pictures = dict[str, Callable[..., Any]]
NAMES = (
    "comb",
    "comb by term",
    "curves",
    "readings of a stock list",
    "curves by segment",
    "renewal map",
    "usage paths",
    "usage gap",
    "forest of differences",
    "arr",
    "verdicts",
    "lines of touch",
    "lines of touch, yours too",
    "beside published figures",
    "bridge",
    "definitions",
    "scorecard",
    "tree of numbers",
    "causes",
    "causes and fixes",
    "four ways",
    "runs of a grid",
    "runs of a grid, crossed",
    "occupation",
    "years of life",
    *CAUSES,
    *ONBOARDING,
    "race of deals",
    "gain an hour",
    "budget of hours",
    *HAZARD,
    *HEALTH,
    *LANDMARK,
    *LIFECYCLE,
    *ALLOCATION,
    *ILLUSIONS,
    *JOURNEY,
    *SCORES,
    *ALERTS,
    *SIGNING,
    *TOUCH,
    *DESIGNS,
    *EFFECTS,
    *IMPACT,
    "plans of an engagement model",
    *DASHBOARD,
    *RENEWALS,
    *PRECISION,
)


APART = {"end", "reading", "number", "role", "at risk name", "contracts", "left"}

_drawn: dict[tuple[str, str], Axes] = {}


@pytest.fixture
def drawn(every_picture: Pictures) -> Callable[[str, str], Axes]:
    """A picture in a language, drawn once for all tests that only look at it."""

    def draw(name: str, lang: str) -> Axes:
        if (name, lang) not in _drawn:
            _drawn[name, lang] = every_picture[name](lang=lang)
        return _drawn[name, lang]

    return draw


def texts(ax: Axes) -> list[str]:
    """All words on a picture."""
    found = [text for text in ax.figure.findobj(Text) if text.get_visible()]
    return [text.get_text() for text in found if text.get_text()]


def test_the_list_of_pictures_is_complete(every_picture: Pictures) -> None:
    assert tuple(every_picture) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_glyph_is_missing_nothing_is_cut_off_and_no_name_lies_on_another(
    drawn: Callable[[str, str], Axes], name: str, lang: str
) -> None:
    ax = drawn(name, lang)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax.figure.canvas.draw()
    box, size = ax.figure.get_tightbbox(), ax.figure.get_size_inches()
    assert min(box.x0, box.y0) > -0.15 and box.x1 < size[0] + 0.15 and box.y1 < size[1] + 0.15
    names = [Text.get_window_extent(text) for text in ax.texts if text.get_gid() in APART]
    assert not any(one.overlaps(other) for one, other in combinations(names, 2))


@pytest.mark.parametrize("name", NAMES)
def test_japanese_pictures_speak_japanese_and_english_ones_do_not(drawn: Callable[[str, str], Axes], name: str) -> None:
    japanese, english = texts(drawn(name, "ja")), texts(drawn(name, "en"))
    assert any(re.search("[ぁ-んァ-ヶ一-龠]", text) for text in japanese)
    assert not any(re.search("[ぁ-んァ-ヶ一-龠]", text) for text in english)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_word_is_too_small_for_a_phone(drawn: Callable[[str, str], Axes], name: str, lang: str) -> None:
    found = drawn(name, lang).figure.findobj(Text)
    assert min(text.get_fontsize() for text in found if text.get_visible() and text.get_text()) >= 8.5


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_says_its_title_and_what_it_rests_on(drawn: Callable[[str, str], Axes], name: str) -> None:
    ax = drawn(name, "en")
    assert ax.get_title(loc="left")
    assert re.search(r"n = (up to )?\d|3 misconceptions|2 years|end of the two days", note_of(ax))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_stands_on_the_axes_it_was_given_and_shows_nothing_by_itself(
    every_picture: Pictures, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("plt.show was called"))
    mine = plt.subplots()[1]
    assert every_picture[name](ax=mine) is mine
    assert plt.get_fignums() == [mine.figure.number]


def test_a_language_the_kit_does_not_speak_is_refused(every_picture: Pictures) -> None:
    for draw in every_picture.values():
        with pytest.raises(UsageError, match="en, ja"):
            draw(lang="fr")
