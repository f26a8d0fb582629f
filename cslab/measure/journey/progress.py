"""You are here: how far each customer has come on the map, what it waits for, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.estimate import wilson
from cslab.measure.journey.map import Map, shipped
from cslab.measure.journey.observed import Walked
from cslab.measure.retention.amounts import mrr

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book


def progress(book: Book, account_id: str, map_: Map | None = None) -> pd.DataFrame:
    """One customer's place on the map.

    Parameters
    ----------
    book : Book
        Needs what the map names as evidence, and contracts with real days.
    account_id : str
    map_ : Map, optional
        The shipped one where none is given.

    Returns
    -------
    DataFrame
        One row a step: ``phase``, ``step``, ``goal_en``, ``goal_ja``, ``owner``, ``status``, ``day`` (reached; of a
        repeating step the last time), ``days`` (waited so far, where the customer is), ``target_days``, ``late``.
        Status: ``reached``; ``skipped``; ``here`` (what it waits for); ``ahead``; ``not_taken`` (optional, not taken);
        ``unseen`` (before the records begin). Who has left is nowhere, and waits for nothing; who came
        back waits from its return on.

    Raises
    ------
    UsageError
        For an account that is not in the book, with the nearest.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> progress(book, book.accounts["account_id"].iloc[-1])["step"].iloc[0]
    'contract_signed'
    """
    import pandas as pd

    walked = Walked(book, map_ or shipped())
    row = int(walked.ids.get_indexer(pd.Index([account_id]))[0])
    if row < 0:
        near = nearest(account_id, walked.ids, alike=0.8)
        raise UsageError(Fault("journey.unknown_account", {"account": account_id, "near": near}))
    standing = _Standing(walked)
    here, steps = standing.here[row], walked.map_.steps
    days = np.where(np.arange(len(steps)) == here, standing.days[row], np.nan)
    targets = np.array([step.target_days if step.main else np.nan for step in steps])
    columns = {
        "phase": [step.phase for step in steps],
        "step": [step.id for step in steps],
        "goal_en": [step.goal_en for step in steps],
        "goal_ja": [step.goal_ja for step in steps],
        "owner": [step.owner for step in steps],
        "status": standing.statuses(row),
        "day": standing.last[row].astype("M8[ns]"),
        "days": days,
        "target_days": targets,
        "late": days > targets,
    }
    return pd.DataFrame(columns)


def standing(book: Book, map_: Map | None = None) -> pd.DataFrame:
    """Where every customer of today stands.

    Parameters
    ----------
    book, map_
        As for :func:`progress`.

    Returns
    -------
    DataFrame
        One row a customer: ``account_id``, ``phase`` and ``step`` (what it waits for; missing where the map holds
        nothing more for it), ``done`` (steps of the main way reached), ``days`` (waiting), ``target_days``, ``late``,
        ``mrr_amount`` (currency a month; missing where the source has no amounts).

    >>> import cslab
    >>> bool(standing(cslab.load("synthetic:tiny"))["days"].min() >= 0)
    True
    """
    import pandas as pd

    walked = Walked(book, map_ or shipped())
    stand, steps = _Standing(walked), walked.map_.steps
    here = stand.here
    known = here >= 0
    targets = np.array([step.target_days if step.main else np.nan for step in steps])
    main = [number for number, step in enumerate(steps) if step.main]
    columns = {
        "account_id": walked.ids,
        "phase": [steps[place].phase if place >= 0 else None for place in here],
        "step": [steps[place].id if place >= 0 else None for place in here],
        "done": (~np.isnat(walked.first[:, main])).sum(axis=1),
        "days": stand.days,
        "target_days": np.where(known, targets[here], np.nan),
    }
    table = pd.DataFrame(columns)
    table["late"] = table["days"] > table["target_days"]
    table["mrr_amount"] = _mrr(book, walked.ids)
    table = table[~walked.people["left"].to_numpy(bool)].reset_index(drop=True)
    table.attrs.update(as_of=book.as_of, currency=book.currency)
    return table


def ageing(book: Book, map_: Map | None = None) -> pd.DataFrame:
    """What customers wait for, how many of them, and for how long.

    Parameters
    ----------
    book, map_
        As for :func:`progress`.

    Returns
    -------
    DataFrame
        One row a step that somebody waits for, in the order of the map: ``phase``, ``step``, ``owner``, ``customers``,
        ``median_days`` (waited so far), ``target_days``, ``late`` (customers beyond it), ``estimate`` (share late),
        ``low``, ``high``, ``mrr_amount`` (of all that wait), ``n``, ``method``.

    >>> import cslab
    >>> table = ageing(cslab.load("synthetic:tiny"))
    >>> bool((table["late"] <= table["customers"]).all())
    True
    """
    import pandas as pd

    map_ = map_ or shipped()
    found = standing(book, map_).dropna(subset="step")
    rows = []
    for step in map_.steps:
        waiting = found[found["step"] == step.id]
        if len(waiting):
            rows.append({"phase": step.phase, "step": step.id, "owner": step.owner, **_waiting(waiting)})
    table = pd.DataFrame(rows, columns=["phase", "step", "owner", *_WAITING])
    low, high = wilson(table["late"], table["customers"])
    table = table.assign(estimate=table["late"] / table["customers"], low=low, high=high)
    missing = table["target_days"].isna()
    table.loc[missing, ["estimate", "low", "high"]] = np.nan
    table = table.assign(n=len(found), method="wilson")
    table.attrs.update(found.attrs)
    return table


_WAITING = ("customers", "median_days", "target_days", "late", "mrr_amount")


def _waiting(rows: pd.DataFrame) -> dict[str, Any]:
    """The numbers of those who wait for one step."""
    days, target = float(rows["days"].median()), float(rows["target_days"].iloc[0])
    found = (len(rows), days, target, int(rows["late"].sum()), rows["mrr_amount"].sum(min_count=1))
    return dict(zip(_WAITING, found, strict=True))


class _Standing:
    """Where accounts stand on a map."""

    def __init__(self, walked: Walked) -> None:
        self.walked = walked
        self.steps = walked.map_.steps
        self.reached = ~np.isnat(walked.first)
        self.last = self._last()
        self.here = self._here()
        self.days = self._days()

    def _last(self) -> Any:
        """The day each account reached each step, of repeating ones the last time."""
        log = self.walked.log[self.walked.log["event"] == "reached"]
        days = self.walked.first.copy()
        for number, step in enumerate(self.steps):
            if step.repeats:
                last = log[log["step"] == step.id].groupby("account_id")["day"].max()
                days[:, number] = last.reindex(self.walked.ids).to_numpy("M8[D]")
        return days

    def _passed(self) -> NDArray[np.bool_]:
        """Which main steps each account has behind it: reached, noted as skipped, or overtaken by a later one."""
        done = self.reached | ~np.isnat(self.walked.left_out) | self.walked.unseen
        main = np.array([step.main for step in self.steps])
        done = done & main
        later = np.flip(np.maximum.accumulate(np.flip(self.reached & main, axis=1), axis=1), axis=1)
        return np.asarray((done | later) | ~main)

    def _here(self) -> NDArray[np.intp]:
        """What each account waits for: the first main step not behind it, then the first that repeats; -1: nothing."""
        passed = self._passed()
        again = [number for number, step in enumerate(self.steps) if step.repeats and not step.optional]
        afterwards = again[0] if again else -1
        here = np.where(passed.all(axis=1), afterwards, np.argmin(passed, axis=1))
        return np.asarray(np.where(self.walked.people["left"], -1, here), np.intp)

    def _days(self) -> NDArray[np.float64]:
        """Days since the last step that is not optional, the signature or the return; missing for who has left."""
        counts = [number for number, step in enumerate(self.steps) if not step.optional]
        begun = self.walked.people["since"].to_numpy("M8[D]")
        latest = np.fmax.reduce(np.column_stack([self.last[:, counts], begun]), axis=1)
        since = (np.datetime64(self.walked.book.as_of, "D") - latest).astype(np.float64)
        return np.where(self.walked.people["left"], np.nan, since)

    def statuses(self, row: int) -> list[str]:
        """The status of each step of one account."""
        passed = self._passed()[row]
        return [self._status(row, place, bool(passed[place])) for place in range(len(passed))]

    def _status(self, row: int, place: int, passed: bool) -> str:
        """The status of one step of one account."""
        step = self.steps[place]
        if place == self.here[row]:
            return "here"
        if self.reached[row, place]:
            return "reached"
        if self.walked.unseen[row, place]:
            return "unseen"
        if step.main:
            return "skipped" if passed else "ahead"
        return "not_taken" if step.optional else "ahead"


def _mrr(book: Book, ids: pd.Index[str]) -> Any:
    """Each account's MRR of today; missing where the source has no amounts."""
    if book.has("mrr_movements.amount"):
        return mrr(book, book.as_of).reindex(ids).to_numpy(float)
    if not book.has("contracts.mrr_amount"):
        return np.full(len(ids), np.nan)
    running = book.contracts[(book.contracts["start"] <= book.as_of) & ~(book.contracts["end"] <= book.as_of)]
    return running.groupby("account_id")["mrr_amount"].sum().reindex(ids).to_numpy(float)
