"""Questions of lesson 05: the share still there, the months in which contracts end, columns that know the ending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.course.questions.kinds import Num, Set
from cslab.course.questions.question import Material, Mistake, Question
from cslab.measure import leaks, survival
from cslab.measure.comparison import compare_groups
from cslab.measure.comparison.reading import READ, SIGNED

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.estimate import Estimate

HORIZON, TERM, AT_RISK, MONTHS = 36, 12, 30, 3
"""The month read, the length of the comb's contracts, customers a month must rest on, months before decisions."""

FAIR = "E15b"


def _durations(material: Material) -> pd.DataFrame:
    """How long each customer stayed."""
    return material.once("durations", lambda: survival.durations(material.book))


def _curve_at(durations: pd.DataFrame) -> Estimate:
    """The retention curve at the month that is read."""
    return survival.at(survival.kaplan_meier(durations), HORIZON)


def _of_leavers(material: Material) -> float:
    """The share of those who left that had stayed so long."""
    durations = _durations(material)
    return float((durations.loc[durations["event"], "duration"] > HORIZON).mean())


def _powered(material: Material) -> float:
    """Departures over all months that customers have lived, also before the records; so many months in a row."""
    rate = survival.monthly_churn(survival.ignore_entry(_durations(material)))
    return (1 - float(rate)) ** HORIZON


def _of_followed(material: Material) -> float:
    """The share still there of those who were followed to an end or so long; the others dropped."""
    durations = _durations(material)
    followed = durations[durations["event"] | (durations["duration"] >= HORIZON)]
    left = followed["event"] & (followed["duration"] <= HORIZON)
    return float((~left).mean())


def _teeth(material: Material, shift: int = 0) -> set[int]:
    """The months in which annual contracts run out, as far as enough customers were watched; or months beside them."""
    durations = _durations(material)
    comb = survival.hazard(durations[durations["term_months"] == TERM])
    solid = comb[(comb["at_risk"] >= AT_RISK) & (comb["time"] <= HORIZON) & (comb["time"] % TERM == 0)]
    return {int(month) + shift for month in solid["time"]}


def _compared(material: Material) -> pd.DataFrame:
    """The table of those who left against those who stayed."""
    return material.once("churned_vs_happy", lambda: leaks.churned_vs_happy(material.book))


def _features(material: Material, leaked: bool = True) -> set[str]:
    """The columns that know the ending, or those that do not."""
    table = _compared(material)
    return set(table.loc[table["leaked"] == leaked, "feature"])


def _fairly(material: Material) -> pd.DataFrame:
    """Every feature compared in a hurry and compared fairly."""
    return material.once("compare_groups", lambda: compare_groups(material.book, MONTHS))


def _found(material: Material, *findings: str) -> set[str]:
    """The features with one of some findings."""
    table = _fairly(material)
    return set(table.loc[table["finding"].isin(findings), "feature"])


QUESTIONS: tuple[Question, ...] = (
    Question(
        "still_there", "E13", "05", Num(0.01, "share"),
        lambda material: _curve_at(_durations(material)),
        (
            Mistake("entry_ignored", lambda material: _curve_at(survival.ignore_entry(_durations(material)))),
            Mistake("leavers_only", _of_leavers),
            Mistake("all_retained", lambda material: survival.counted_as_retained(_durations(material), HORIZON)),
            Mistake("long_enough", lambda material: float((_durations(material)["duration"] >= HORIZON).mean())),
            Mistake("not_left_yet", lambda material: 1 - float(_durations(material)["event"].mean())),
            Mistake("active_dropped", _of_followed),
            Mistake("flat_rate", _powered),
            Mistake("gone", lambda material: 1 - float(_curve_at(_durations(material)))),
        ),
        needs=("calendar", "contracts.end"),
    ),
    Question(
        "renewal_months", "E14", "05", Set(),
        _teeth,
        (
            Mistake("month_before", lambda material: _teeth(material, -1)),
            Mistake("month_after", lambda material: _teeth(material, 1)),
            Mistake("decision", lambda material: _teeth(material, -2)),
            Mistake("quarters", lambda material: set(range(3, max(_teeth(material)) + 1, 3))),
            Mistake("first_only", lambda material: {TERM}),
        ),
        needs=("calendar", "contracts.term_months"),
    ),
    Question(
        "leaked", "E15", "05", Set(leaks.COMPARED),
        _features,
        (
            Mistake("strongest", lambda material: set(_compared(material)["feature"].head(3))),
            Mistake("weakest", lambda material: set(_compared(material)["feature"].tail(3))),
            Mistake("harmless", lambda material: _features(material, leaked=False)),
        ),
        needs=("churn_events.interview_done", "contracts.decided_on", "surveys.responded_on", "usage_monthly"),
    ),
    Question(
        "vanishing", FAIR, "05", Set((*READ, *SIGNED)),
        lambda material: _found(material, "vanishes"),
        (
            Mistake("no_difference", lambda material: _found(material, "vanishes", "unsure", "nothing")),
            Mistake("too_few_to_say", lambda material: _found(material, "vanishes", "unsure")),
            Mistake("lasting", lambda material: _found(material, "stands", "turns", "appears")),
        ),
        needs=("calendar", "contracts.decided_on", "contracts.outcome", "usage_monthly"),
    ),
)  # fmt: skip
