"""What surveys say of all customers, when those answer who are content: counted as they came, and weighted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure import landmark
from cslab.measure.clusters import Rows, ratios
from cslab.measure.decisions import month_of
from cslab.measure.estimate import Estimate, normal, unknown_choice
from cslab.measure.onboarding.adjustment import known_at_signing, least_squares
from cslab.measure.signals import REPLY, SIGNALS, signals
from cslab.measure.split import split

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp
    Floats = NDArray[np.float64]

KINDS = ("nps", "csat", "ces", "day30")
SEEN = ("wau_ratio", "usage_to_baseline", "features_relevant", "tickets_90d", "answered", "onboarded")
"""What is known of a customer whether it answers or not."""

LEAST_CHANCE = 0.02
"""No answer stands for more than fifty customers: one that did would be the whole result."""

FEWEST = 20
"""Answers, and silences, below which nobody can learn who answers."""


def nonresponse(book: Book, kind: str, since: Date, until: Date) -> pd.DataFrame:
    """What a survey says of everybody who was asked: of those who answered, weighted, and in truth.

    Weighted, each answer stands for as many as were as unlikely to answer: the chance of answering is learnt from what
    is known of everybody when the questionnaire goes out (usage, tickets, earlier answers, what was known at signing).
    That mends what these columns know of; who is silent for reasons that they do not show stays unheard.

    Parameters
    ----------
    book : Book
        Needs ``surveys``; better with ``usage_monthly``.
    kind : str
        ``nps``, ``csat``, ``ces`` or ``day30``.
    since, until : date
        Questionnaires sent from ``since`` on, ``until`` not included; those of the last 14 days wait for answers.

    Returns
    -------
    DataFrame
        One row a way: ``way`` (``answered``, ``weighted``; ``all`` where the truth is known), ``estimate`` (NPS -100 to
        100; CSAT the share of 4 and 5; CES and day 30 the mean answer), ``low``, ``high``, ``n`` (accounts),
        ``method``. ``attrs``: ``asked``, ``answered`` (questionnaires), ``rate``, ``kind``. The truth takes what
        customers of each true state answered, and applies it to the state of everybody asked.

    Raises
    ------
    NotReady
        Without the columns of ``surveys``.
    UsageError
        For another kind, or too few answers or silences to learn from.

    Source: inverse probability weighting, Horvitz and Thompson (1952), JASA 47:663; Little and Rubin (2019),
    *Statistical Analysis with Missing Data*, section 3.3, grade A.

    >>> import cslab
    >>> found = nonresponse(cslab.load("synthetic:tiny"), "csat", "2022-04-01", "2025-04-01")
    >>> found["way"].tolist()
    ['answered', 'weighted', 'all']
    """
    import pandas as pd

    if kind not in KINDS:
        raise UsageError(unknown_choice("kind", kind, KINDS))
    rows = _asked(book, kind, since, until)
    weights = {"answered": np.ones(len(rows)), "weighted": 1 / _chance(book, rows)}
    found = {way: _mean(rows, weight, way) for way, weight in weights.items()}
    if book.truth is not None:
        found["all"] = _of_all(rows, book)
    table = pd.DataFrame([{"way": way, **one.cells()} for way, one in found.items()])
    answered = int(rows["replied"].sum())
    table.attrs = {"kind": kind, "asked": len(rows), "answered": answered, "rate": answered / len(rows)}
    return table


def figure(kind: str, score: Any) -> Floats:
    """What each answer counts in the figure that is told of a survey.

    Parameters
    ----------
    kind : str
    score : ndarray of float

    >>> figure("nps", [9.0, 8.0, 3.0]).tolist(), figure("csat", [4.0, 3.0]).tolist(), figure("ces", [6.0]).tolist()
    ([100.0, 0.0, -100.0], [1.0, 0.0], [6.0])
    """
    values = np.asarray(score, float)
    if kind == "nps":
        return 100.0 * (values >= 9) - 100.0 * (values <= 6)
    return (values >= 4).astype(float) if kind == "csat" else values


def _asked(book: Book, kind: str, since: Date, until: Date) -> pd.DataFrame:
    """Questionnaires of a kind for which the time to answer is up, and what was said."""
    import pandas as pd

    book.require("surveys.type", "surveys.sent_on", "surveys.responded_on", "surveys.score")
    window, surveys = split(book, since, until), book.surveys
    up = surveys["sent_on"] + pd.Timedelta(days=REPLY)
    kept = surveys[window.within(surveys["sent_on"]) & (surveys["type"] == kind) & (up <= book.as_of)]
    rows = kept[["account_id", "sent_on", "score"]].assign(as_of=kept["sent_on"]).reset_index(drop=True)
    replied = rows["score"].notna()
    if min(replied.sum(), (~replied).sum()) < FEWEST:
        values = {"kind": kind, "asked": len(rows), "answered": int(replied.sum()), "fewest": FEWEST}
        raise UsageError(Fault("health.few_answers", values))
    return rows.assign(replied=replied, said=np.where(replied, figure(kind, rows["score"].fillna(0)), 0.0))


def _chance(book: Book, rows: pd.DataFrame) -> Floats:
    """The chance that each customer answers, by what was known when the questionnaire went out."""
    import pandas as pd

    names = [name for name in SEEN if book.has(*SIGNALS[name].needs)]
    known = signals(book, rows[["account_id", "as_of"]], names)[names]
    signing = pd.DataFrame(known_at_signing(book, rows["account_id"])).add_prefix("signing_")
    known = pd.concat([known, signing], axis=1)
    if (known.nunique(dropna=False) < 2).all():
        return np.full(len(rows), float(rows["replied"].mean()))
    model = landmark.fit(rows.assign(event=rows["replied"]), known, horizon=1)
    return np.asarray(np.maximum(model.chance(known), LEAST_CHANCE))


def _mean(rows: pd.DataFrame, weight: Floats, way: str) -> Estimate:
    """The weighted mean of what was said, with errors that count accounts."""
    heard = rows["replied"].to_numpy(bool)
    account, said = _numbers(rows["account_id"]), rows["said"].to_numpy(float)
    found = ratios(Rows(account[heard], np.zeros(heard.sum(), int), (weight * said)[heard], weight[heard], 1))
    return normal(float(found.estimate[0]), float(found.std_error[0]), int(found.n[0]), f"survey_{way}")


def _numbers(ids: pd.Series) -> Any:
    """A number for each account, from 0."""
    import pandas as pd

    return pd.factorize(ids)[0]


def _of_all(rows: pd.DataFrame, book: Book) -> Estimate:
    """What all who were asked would have said, by their true state: as those of the same state said who answered."""
    assert book.truth is not None, "only asked where the truth is known"
    state = book.truth.hazard()[["account_id", "month", "latent"]].drop_duplicates(["account_id", "month"])
    told = rows.assign(month=month_of(rows["sent_on"])).merge(state, on=["account_id", "month"], how="inner")
    heard = told["replied"].to_numpy(bool)
    powers = np.stack([told["latent"].to_numpy(float) ** power for power in (1, 2, 3)], axis=1)
    account = _numbers(told["account_id"])
    fit = least_squares(told.loc[heard, "said"], powers[heard], account[heard])
    apart = powers.mean(axis=0) - powers[heard].mean(axis=0)
    moved = fit.sum_of(apart, "truth_state")
    middle = float(told.loc[heard, "said"].mean()) + float(moved)
    error = float(np.hypot(moved.std_error, told.loc[heard, "said"].std(ddof=1) / np.sqrt(heard.sum())))
    return normal(middle, error, int(account.max()) + 1, "truth_state")
