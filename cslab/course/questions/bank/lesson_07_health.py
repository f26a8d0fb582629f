"""Question of lesson 07: a DEAR score held against who left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cslab.course.questions.kinds import Table
from cslab.course.questions.question import Material, Mistake, Question
from cslab.measure import health, landmark, scores
from cslab.measure.health.judged import judged

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.health import Declaration, Lead

HORIZON = 12
"""Months within which leaving counts: a year holds every yearly contract's end once."""


def _day(material: Material) -> pd.Timestamp:
    """The last day of which a year's future is known."""
    return landmark.latest(material.book, HORIZON)


def _rows(material: Material, declaration: Declaration) -> pd.DataFrame:
    """The score of that day beside what became of the customers."""
    found = health.score(material.book, declaration, _day(material))
    return judged(found, material.book, HORIZON)


def _lead(material: Material) -> Lead:
    """How early it had warned those who gave notice in the year after."""
    import pandas as pd

    since = _day(material) + pd.Timedelta(days=1)
    until = material.book.as_of + pd.Timedelta(days=1)
    return material.once("dear_lead", lambda: health.lead_time(material.book, "dear", since, until))


def _table(rows: pd.DataFrame, lead: float, said: str = "said", months: int = HORIZON) -> pd.DataFrame:
    """The three numbers of a score."""
    import pandas as pd

    slope = scores.calibration(rows, months, said).slope
    found = {"auc": float(scores.auc(rows, months)), "slope": float(slope), "lead": lead}
    return pd.DataFrame({"what": list(found), "estimate": list(found.values())})


def _checked(material: Material, **declared: Any) -> pd.DataFrame:
    """The three numbers, of the score as it is declared or otherwise."""
    declaration = replace(health.declared("dear"), **declared)
    return _table(_rows(material, declaration), float(_lead(material).warning))


def _flipped(material: Material) -> pd.DataFrame:
    """The score taken for one of risk."""
    rows = _rows(material, health.declared("dear"))
    return _table(rows.assign(risk=-rows["risk"], said=1 - rows["said"]), float(_lead(material).warning))


def _with_hindsight(material: Material) -> pd.DataFrame:
    """The same customers, scored by what the tables hold today."""
    declaration, rows = health.declared("dear"), _rows(material, health.declared("dear"))
    late = health.score_rows(material.book, declaration, rows[["account_id"]].assign(as_of=material.book.as_of))
    known = late["score"].notna().to_numpy()
    score = late.loc[known, "score"].to_numpy()
    told = rows[known].assign(risk=declaration.risk_order(score), said=declaration.as_said(score))
    return _table(told, float(_lead(material).warning))


def _of_caught(material: Material) -> pd.DataFrame:
    """The lead time of those alone whom the score had marked."""
    months = _lead(material).rows["months"]
    return _table(_rows(material, health.declared("dear")), float(months[months > 0].mean()))


def _half_a_year(material: Material) -> pd.DataFrame:
    """The score of the right day, held against half a year only."""
    import pandas as pd

    day = _day(material)
    dear, until = health.declared("dear"), day + pd.DateOffset(months=6) + pd.Timedelta(days=1)
    rows = judged(health.score(material.book, dear, day), material.book, 6)
    lead = health.lead_time(material.book, "dear", day + pd.Timedelta(days=1), until)
    return _table(rows, float(lead.warning), months=6)


def _to_departure(material: Material) -> pd.DataFrame:
    """The lead time counted to the day they were gone, a notice period later."""
    found = _lead(material)
    gone = found.rows.merge(material.book.churn_events[["account_id", "decided_on", "effective_on"]])
    wait = (gone["effective_on"] - gone["decided_on"]).dt.days / 30.4375
    later = float((gone["months"] + wait).mean())
    return _table(_rows(material, health.declared("dear")), later)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "dear_checked", "E19", "07", Table(("what",), ("estimate",), 0.006),
        _checked,
        (
            Mistake("wrong_way", _flipped),
            Mistake("gaps_as_nothing", lambda material: _checked(material, nulls="zero")),
            Mistake("hindsight", _with_hindsight),
            Mistake("half_a_year", _half_a_year),
            Mistake("caught_only", _of_caught),
            Mistake("to_departure", _to_departure),
        ),
        needs=("calendar", "usage_monthly", "surveys", "contacts", "onboarding", "touches", "churn_events"),
    ),
)  # fmt: skip
