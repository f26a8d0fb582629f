"""A guess comes before the truth, and is held against it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from cslab.course import guesses, lesson, shown
from cslab.course.verdicts import Number
from cslab.faults import UsageError


@pytest.fixture
def kept(monkeypatch):
    """A reading of lesson 05, and everything that is shown in it, as (text, html, kind, record)."""
    found = []
    monkeypatch.setattr(shown, "show", lambda text, html="", kind="", data=None: found.append((text, html, kind, data)))
    lesson.begin("05", "synthetic:tiny")
    return found


def test_a_guess_in_percent_is_read_as_the_share_that_it_means(kept):
    guesses.predict("M14", 25, low=15, high=40)
    assert lesson.reading().guesses["M14"] == Number(0.25, 0.15, 0.40)
    assert kept[-1][0] == "Your guess for M14: 25.0% remain (80 %: 15.0 to 40.0% remain)."


def test_a_share_that_is_written_as_one_stays_one(kept):
    guesses.predict("M14", 0.25, low=0.15, high=0.4)
    assert lesson.reading().guesses["M14"].estimate == 0.25


@pytest.mark.parametrize(("guess", "said"), [(0.25, True), (1.5, True), (1.6, False), (25, False)])
def test_a_guess_of_per_cent_that_may_be_meant_as_a_share_is_told_how_it_is_read(kept, guess, said):
    guesses.predict("M14", guess)
    lines = kept[-1][0].splitlines()
    assert len(lines) == 1 + said
    assert ("25 means 25 %" in lines[-1]) is said


def test_a_difference_of_shares_is_guessed_and_read_in_points(kept):
    guesses.predict("M12", 12, low=5, high=20)
    assert lesson.reading().guesses["M12"] == Number(0.12, 0.05, 0.20)
    assert kept[-1][0] == "Your guess for M12: 12.0 points more stay (80 %: 5.0 to 20.0 points more stay)."


def test_a_small_guess_of_a_count_is_left_alone(kept):
    guesses.predict("M01", 1)
    assert len(kept[-1][0].splitlines()) == 1


@pytest.mark.parametrize("guess", [np.int64(25), np.float32(25), Fraction(25)])
def test_a_guess_that_was_computed_is_as_good_as_one_that_was_typed(kept, guess):
    guesses.predict("M14", guess, low=..., high=...)
    assert lesson.reading().guesses["M14"] == Number(0.25)


def test_a_guess_of_a_count_is_taken_as_it_stands(kept):
    guesses.predict("M01", 120, low=100, high=150)
    assert lesson.reading().guesses["M01"] == Number(120, 100, 150)


@pytest.mark.parametrize("guess", [..., 25])
def test_no_guess_is_asked_for_or_noted_where_the_verdict_cannot_come(kept, guess):
    lesson.reading().silent.add("M14")
    before = len(kept)
    guesses.predict("M14", guess)
    assert len(kept) == before and lesson.reading().guesses == {}


def test_three_dots_are_no_guess_and_one_line_says_how_to_make_one(kept):
    guesses.predict("M14", ...)
    text, _, kind, record = kept[-1]
    assert "predict(" in text and len(text.splitlines()) == 1
    assert (kind, record) == (shown.GUESS, {"misconception": "M14", "guess": None})
    lesson.verdict("M14", 0.6, 0.5, 0.5)
    assert "guess" not in kept[-1][0].lower() and "guess" not in kept[-1][3]


def test_the_verdict_that_follows_shows_the_guess_on_a_line_of_its_own(kept):
    guesses.predict("M14", 25, low=15, high=40)
    lesson.verdict("M14", 0.6, 0.5, 0.5)
    text, html, _, record = kept[-1]
    assert text.splitlines()[1] == "  Your guess: 25.0% remain (80 %: 15.0 to 40.0% remain)"
    assert '<tr class="guess">' in html
    assert record["guess"] == {"estimate": 0.25, "low": 0.15, "high": 0.4}


def test_a_guess_is_taken_back_by_the_dots(kept):
    guesses.predict("M14", 25)
    guesses.predict("M14", ...)
    assert lesson.reading().guesses == {}


@pytest.mark.parametrize(
    "slip",
    [("25 %",), (25, 30, 40), (25, 30), (float("nan"),), (25, None, "40")],
    ids=["text", "outside", "one end", "nan", "text as an end"],
)
def test_a_slip_in_a_guess_is_told_with_an_example(kept, slip):
    with pytest.raises(UsageError) as error:
        guesses.predict("M14", *slip)
    assert 'predict("M14", 25, low=15, high=40)' in error.value.text("ja")


def test_a_misconception_that_nobody_registered_is_refused(kept):
    with pytest.raises(UsageError):
        guesses.predict("M99", 1)


def test_the_calibration_counts_the_ranges_that_held_the_truth(kept):
    guesses.predict("M14", 55, low=45, high=65)
    guesses.predict("M13", 10, low=5, high=20)
    lesson.verdict("M14", 0.6, 0.5, 0.5)
    lesson.verdict("M13", 0.6, 0.5, 0.5)
    guesses.calibration()
    text, html, _, record = kept[-1]
    assert record == {"held": 1, "count": 2}
    assert "M14 Our long-standing customers show" in text and "M13 Customers stay as long as" in html
    assert "✔ yes" in text and "✘ no" in text and html.count("<tr>") == 3


def test_a_truth_that_is_hidden_is_not_counted(kept):
    guesses.predict("M14", 55, low=45, high=65)
    lesson.verdict("M14", 0.6, 0.5, None)
    guesses.calibration()
    assert kept[-1][3] == {"held": 0, "count": 0}


def test_nothing_breaks_where_nobody_guessed(kept):
    lesson.verdict("M14", 0.6, 0.5, 0.5)
    guesses.calibration()
    assert kept[-1][0].startswith("No guess with a range")


def test_a_new_reading_begins_without_guesses(kept):
    guesses.predict("M14", 25)
    lesson.begin("05", "synthetic:tiny")
    assert lesson.reading().guesses == {}


@pytest.mark.parametrize(
    ("held", "count", "said"),
    [(0, 2, "too narrow"), (1, 2, "say little"), (1, 3, "say little"), (4, 5, "about as wide"), (5, 10, "too narrow")],
)
def test_ranges_are_called_too_narrow_only_where_chance_would_seldom_do_it(held, count, said):
    assert said in guesses.judged(held, count, "en")
