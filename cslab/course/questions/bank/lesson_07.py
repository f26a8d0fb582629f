"""Questions of lesson 07: what a colour means, when a rule is right, whom there is time for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cslab.course.questions.kinds import Num, Policy, Text
from cslab.course.questions.question import Material, Mistake, Question
from cslab.course.questions.texts_overfit import BAD_LUCK, MORE_COLUMNS, NEW_CUSTOMERS, PARTS
from cslab.measure import alerts, health, landmark

if TYPE_CHECKING:
    import pandas as pd

COLOUR, LINE, OVERFIT = "E19b", "E20", "E21"
HORIZON = 6
"""Months within which leaving counts, for colours and for rules."""

POINTS = 0.35
"""The score that somebody reads as a share, in the question about the red ones."""

CSMS, PER_WEEK, HOURS, LISTS, WEEKS = 4, 5, 3, 6, 26
"""The desk for alerts: people, alerts each can act on in a week, hours of one, lists of half a year, its weeks."""

KNOWN = ("calendar", "usage")
"""What the model of the lists may know."""

LOADS, REACHED_IN_ALERTS = (1, 2, 3, 5, 8, 13, 21), 25
"""Alerts a CSM and week to choose from; what it is worth, in alerts, that one who leaves had one: one in five is kept,
and one who is kept is worth as much as 125 alerts cost."""

SCORED = ("calendar", "contracts.end", "usage_monthly.wau_ratio")
FIRED = (*SCORED, "churn_events.decided_on")


def _coloured(material: Material) -> pd.DataFrame:
    """Every customer of a day half a year before the last, its colour, and whether it left."""

    def make() -> pd.DataFrame:
        day = landmark.latest(material.book, HORIZON)
        left = landmark.outcomes(material.book, day, HORIZON)[["account_id", "event"]]
        return health.score(material.book, "points", day).merge(left, on="account_id")

    found: pd.DataFrame = material.once("coloured", make)
    return found


def _red(material: Material) -> pd.DataFrame:
    """The red ones."""
    rows = _coloured(material)
    return rows[rows["colour"] == "red"]


def _of_leavers(material: Material) -> float:
    """Of those who left, the share that had been red."""
    rows = _coloured(material)
    return float((rows.loc[rows["event"], "colour"] == "red").mean())


def _lists(material: Material) -> pd.DataFrame:
    """The lists of half a year, with everybody's chance of leaving, and who left."""
    found: pd.DataFrame = material.once("lists", lambda: alerts.scored(material.book, months=LISTS, sets=KNOWN))
    return found


def _line(material: Material, csms: float = CSMS) -> alerts.Threshold:
    """What the desk finds, or one of another size."""
    make = partial(alerts.threshold_at, _lists(material), csms, PER_WEEK, WEEKS / LISTS)
    found: alerts.Threshold = material.once(("line", csms), make)
    return found


def _right(material: Material, csms: float = CSMS) -> float:
    """How many of its alerts are right."""
    return float(_line(material, csms).precision)


def _reached(material: Material, csms: float = CSMS) -> float:
    """How many of those who left it reaches."""
    return float(_line(material, csms).recall)


def _rightly_sorted(material: Material) -> float:
    """The share of all rows on the right side of the line, most of them customers who stay and are not called."""
    rows = _lists(material)
    return float(((rows["risk"] >= _line(material).threshold) == rows["event"]).mean())


def _called(material: Material) -> float:
    """The share of all customers that get a call."""
    rows = _lists(material)
    called = rows["risk"] >= _line(material).threshold
    return float(rows.loc[called, "account_id"].nunique() / rows["account_id"].nunique())


def _everybody(material: Material, *divided: float, each: float = HOURS) -> float:
    """The hours of calling everybody on every list, over some numbers."""
    hours = each * len(_lists(material))
    for number in divided:
        hours /= number
    return float(hours)


def _drops(material: Material) -> pd.DataFrame:
    """Every alert about usage that fell, and what followed."""

    def make() -> pd.DataFrame:
        rule = alerts.playbooks().chosen("usage_drop")
        return alerts.judged(material.book, alerts.fire(material.book, rule, since=_first(material)), HORIZON)

    found: pd.DataFrame = material.once("drops", make)
    return found


def _first(material: Material) -> Any:
    """The first day of the records."""
    return material.book.first_day


def _judged_drops(material: Material) -> pd.Series[bool]:
    """Whether the alerts that can be judged were right."""
    rows = _drops(material)
    hits: pd.Series[bool] = rows.loc[~rows["pending"], "hit"]
    return hits


def _drops_reach(material: Material) -> float:
    """Of the decisions to leave, the share that such an alert preceded."""
    return float(alerts.backtest(material.book, _drops(material), HORIZON)["recall"].item())


def _net(material: Material, load: Any) -> float:
    """What a load brings in the back-test, counted in alerts: so much for each leaver reached, less one an alert."""
    find = partial(alerts.threshold_at, _lists(material), CSMS, float(load), WEEKS / LISTS)
    line: alerts.Threshold = material.once(("load", load), find)
    rows = _lists(material)
    leavers = int(rows.loc[rows["event"], "account_id"].nunique())
    return REACHED_IN_ALERTS * float(line.recall) * leavers - line.alerts


QUESTIONS: tuple[Question, ...] = (
    Question(
        "red_leave", COLOUR, "07", Num(0.005, "share", chance=True),
        lambda material: float(_red(material)["event"].mean()),
        (
            Mistake("read_as_chance", lambda material: float(1 - _red(material)["score"].mean() / 100)),
            Mistake("points_stay", lambda material: POINTS),
            Mistake("points_leave", lambda material: 1 - POINTS),
            Mistake("of_leavers", _of_leavers),
            Mistake("everybody", lambda material: float(_coloured(material)["event"].mean())),
            Mistake("stay", lambda material: float(1 - _red(material)["event"].mean())),
        ),
        needs=SCORED,
    ),
    Question(
        "overfit", OVERFIT, "07", Text(PARTS, least=60),
        NEW_CUSTOMERS,
        (Mistake("bad_luck", BAD_LUCK), Mistake("more_columns", MORE_COLUMNS)),
        fixed=True,
    ),
    Question(
        "drop_right", LINE, "07", Num(0.003, "share", chance=True),
        lambda material: float(_judged_drops(material).mean()),
        (
            Mistake("pending_in", lambda material: float(_drops(material)["hit"].mean())),
            Mistake("pending_wrong", lambda material: float(_judged_drops(material).sum() / len(_drops(material)))),
            Mistake("reached", _drops_reach),
            Mistake("wrong_ones", lambda material: float(1 - _judged_drops(material).mean())),
        ),
        needs=FIRED,
    ),
    Question(
        "right_at_five", LINE, "07", Num(0.05, "share", chance=True, alike=0.01),
        _right,
        (
            Mistake("reached", _reached),
            Mistake("everybody", lambda material: float(_lists(material)["event"].mean())),
            Mistake("one_person", lambda material: _right(material, 1)),
            Mistake("rightly_sorted", _rightly_sorted),
        ),
        needs=SCORED,
    ),
    Question(
        "reached_at_five", LINE, "07", Num(0.05, "share", chance=True, alike=0.01),
        _reached,
        (
            Mistake("right", _right),
            Mistake("called", _called),
            Mistake("one_person", lambda material: _reached(material, 1)),
            Mistake("missed", lambda material: 1 - _reached(material)),
        ),
        needs=SCORED,
    ),
    Question(
        "everybody_hours", LINE, "07", Num(1.0, "hours"),
        lambda material: _everybody(material, CSMS, WEEKS),
        (
            Mistake("all_together", lambda material: _everybody(material, WEEKS)),
            Mistake("a_month", lambda material: _everybody(material, CSMS, LISTS)),
            Mistake("calls", lambda material: _everybody(material, CSMS, WEEKS, each=1)),
        ),
        needs=SCORED,
    ),
    Question(
        "best_load", LINE, "07", Policy(_net, 0.1, LOADS),
        lambda material: max(LOADS, key=lambda load: _net(material, load)),
        (
            Mistake("all_there_is", lambda material: max(LOADS)),
            Mistake("surest", lambda material: min(LOADS)),
            Mistake("full_week", lambda material: PER_WEEK),
        ),
        needs=SCORED,
    ),
)  # fmt: skip
