"""Bringing an event about by lot: the only way to learn whether it makes anybody stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from cslab.faults import Fault, NotReady, UsageError, nearest
from cslab.measure.durations import durations
from cslab.measure.estimate import Estimate, normal
from cslab.measure.spells import DAYS_A_MONTH
from cslab.measure.survival import at, kaplan_meier

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.world.truth import CompanyTruth

BY_LOT = ("rct", "encouragement")
"""Ways of taking customers on in which a lot decides who is invited."""

DURING = (4, 6)
"""Months after the lot over which usage is looked at: once a programme of three months has shown what it does."""


FUTURES = 16
"""How many futures the truth is averaged over."""


def nudge(book: Book, program: str = "", months: int = 12) -> pd.DataFrame:
    """What an invitation drawn by lot changed: usage at once, and who was still there later.

    Those drawn and those not drawn differ by luck alone, so the plain difference is the effect of the invitation.

    Parameters
    ----------
    book : Book
        Needs ``programs`` (``program_id``, ``assignment``), ``program_enrolment`` (``account_id``, ``program_id``,
        ``eligible_on``, ``invited_on``), ``contracts`` (``start``, ``end``); for usage ``usage_monthly``.
    program : str
        Its id; empty: the first that draws by lot.
    months : int
        After the lot, at which staying is looked at.

    Returns
    -------
    DataFrame
        ``outcome`` (``usage``: mean ``wau_ratio`` of the fourth to the sixth month after the lot, of those still there
        then, so read it beside the other; ``retained``: share
        still a customer), ``estimate`` (drawn less not drawn), ``low``, ``high``, ``n``, ``method``. ``attrs``:
        ``program``, ``drawn`` (share), ``months``, ``as_of``.

    Raises
    ------
    NotReady
        Without the columns, or where no programme draws by lot.
    UsageError
        For a programme that there is not, or that does not draw by lot; for months beyond the records.

    Source: analysis by intention to treat; Kaplan-Meier in both groups.

    >>> import cslab
    >>> nudge(cslab.load("synthetic:sugar_high?accounts=300"))["outcome"].tolist()
    ['usage', 'retained']
    """
    import pandas as pd

    name, turns = _turns(book, program)
    found = {"usage": _usage(book, turns)} if book.has("usage_monthly.month", "usage_monthly.wau_ratio") else {}
    found["retained"] = _retained(book, turns, months)
    names = ("estimate", "low", "high", "n", "method")
    frame = pd.DataFrame(
        [{"outcome": outcome, **{column: getattr(one, column) for column in names}} for outcome, one in found.items()]
    )
    frame.attrs.update(program=name, drawn=float(turns["drawn"].mean()), months=months, as_of=book.as_of)
    return frame


def nudge_truth(book: Book, program: str = "", months: int = 12) -> Estimate | None:
    """What a programme truly changes in the share still there, if all whose turn comes take part.

    Parameters
    ----------
    book, program
        As for :func:`nudge`.
    months : int
        After signing.

    Returns
    -------
    Estimate or None
        A difference of shares; ``None`` where nobody knows it.

    Raises
    ------
    NotReady, UsageError
        As :func:`nudge`.

    >>> import cslab
    >>> float(nudge_truth(cslab.load("synthetic:sugar_high?accounts=60"), months=6))
    0.0
    """
    if book.truth is None:
        return None
    name, _ = _turns(book, program)
    truth = cast("CompanyTruth", book.truth)
    found = truth.program(name, horizon=months, futures=FUTURES)
    error = float(np.sqrt((found["retained_error"] ** 2).sum()) / len(found))
    return normal(float(found["retained"].mean()), error, len(found), "truth_expected")


def _turns(book: Book, program: str) -> tuple[str, pd.DataFrame]:
    """The programme, whose turn came when, and who was drawn."""
    needs = ("programs.assignment", "program_enrolment.eligible_on", "program_enrolment.invited_on")
    book.require("calendar", *needs)
    drawing = book.programs.loc[book.programs["assignment"].isin(BY_LOT), "program_id"].astype(str).tolist()
    if not drawing:
        raise NotReady(Fault("no_lot", {"known": ", ".join(BY_LOT)}))
    if program and program not in drawing:
        values = {"name": program, "near": nearest(program, drawing) or drawing[0], "known": ", ".join(drawing)}
        raise UsageError(Fault("program_without_lot", values))
    name = program or drawing[0]
    rows = book.program_enrolment
    rows = rows[(rows["program_id"] == name) & (rows["eligible_on"] < book.as_of)]
    turns = rows[["account_id", "eligible_on"]].assign(drawn=rows["invited_on"].notna())
    if turns["drawn"].nunique() < 2:
        raise NotReady(Fault("one_group_drawn", {"program": name}))
    return name, turns.drop_duplicates("account_id").reset_index(drop=True)


def _retained(book: Book, turns: pd.DataFrame, months: int) -> Estimate:
    """Share still there some months after the lot: drawn less not drawn."""
    lives = durations(book, "day")
    lives = turns.merge(lives[["account_id", "duration", "event"]], on="account_id")
    first = book.contracts.groupby("account_id")["start"].min()
    gone = (lives["eligible_on"] - lives["account_id"].map(first)).dt.days
    lives = lives.assign(entry=0, duration=lives["duration"] - gone)
    curves = kaplan_meier(lives[lives["duration"] > 0], "drawn")
    days, last = round(months * DAYS_A_MONTH), float(curves.groupby("drawn")["time"].max().min())
    if days > last:
        known = {"first": 0, "last": round(last / DAYS_A_MONTH, 1)}
        raise UsageError(Fault("outside_the_curve", {"time": months, **known}))
    drawn, others = (at(curves[curves["drawn"] == group], days) for group in (True, False))
    error = float(np.hypot(drawn.std_error, others.std_error))
    return normal(drawn.estimate - others.estimate, error, drawn.n + others.n, "drawn_less_not_drawn")


def _usage(book: Book, turns: pd.DataFrame) -> Estimate:
    """Usage in the months after the lot: drawn less not drawn."""
    usage = book.usage_monthly[["account_id", "month", "wau_ratio"]].dropna().merge(turns, on="account_id")
    ahead = (usage["month"].dt.year - usage["eligible_on"].dt.year) * 12
    ahead += usage["month"].dt.month - usage["eligible_on"].dt.month
    mean = usage[ahead.between(*DURING)].groupby(["account_id", "drawn"])["wau_ratio"].mean().reset_index()
    parts = [mean.loc[mean["drawn"] == group, "wau_ratio"] for group in (True, False)]
    error = float(np.sqrt(sum(part.var() / max(len(part), 1) for part in parts)))
    return normal(float(parts[0].mean() - parts[1].mean()), error, len(mean), "drawn_less_not_drawn")
