"""How the way as walked agrees with the map as drawn: skips, loops, order, waiting, and the ways people really go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.estimate import Estimate, proportion, wilson
from cslab.measure.journey.map import Map, shipped
from cslab.measure.journey.observed import Walked, require_events
from cslab.measure.journey.waiting import median_waits

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Flags = NDArray[np.bool_]

ARROW = " › "


@dataclass(frozen=True)
class Conformance:
    """How customers' ways agree with a map.

    Parameters
    ----------
    steps : DataFrame
        One row a step of the map: ``phase``, ``step``, ``goal_en``, ``goal_ja``, ``owner``, ``accounts`` (who signed
        long enough ago for it to be due by the target days), ``reached``, ``estimate`` (share of them that did),
        ``low``, ``high``; ``skipped`` (noted as skipped, or a later step of the main way reached without it),
        ``skipped_share``, ``skipped_low``, ``skipped_high`` (of those who came that far); ``repeated`` (accounts that
        took it again), ``repeated_share`` (of those who reached it), ``early`` (accounts that reached it before an
        earlier step); ``waiting_median``, ``waiting_low``, ``waiting_high`` (days since the last of the main steps
        before it; missing where not even half ever reach it), ``target_days``, ``n``, ``method``.
    variants : DataFrame
        One row a way through the main steps, the most frequent first: ``path``, ``accounts``, ``share``,
        ``cumulative``; of customers who signed long enough ago for the whole main way to be due.
    follows : DataFrame
        What follows directly on what: ``from``, ``to``, ``count``, ``accounts``, ``median_days``.
    n : int
        Customers seen from their signature on.
    entered_late : int
        Customers left out because the records begin after their signature.
    as_of : Timestamp
    """

    steps: pd.DataFrame
    variants: pd.DataFrame
    follows: pd.DataFrame
    n: int
    entered_late: int
    as_of: pd.Timestamp


def conformance(book: Book, map_: Map | None = None) -> Conformance:
    """Hold the way that customers walked against the map.

    Parameters
    ----------
    book : Book
        Needs what the map names as evidence, and contracts with real days.
    map_ : Map, optional
        The shipped one where none is given.

    Returns
    -------
    Conformance

    Raises
    ------
    NotReady
        Naming all evidence that is not there, and every step of the main way that the log never mentions although
        later ones are in it.

    Source: conformance checking and the directly-follows graph, van der Aalst (2016), *Process Mining*, chapters 5 and
    8, grade A; the measures are simple counts, not alignments.

    >>> import cslab
    >>> found = conformance(cslab.load("synthetic:tiny"))
    >>> found.steps["step"].iloc[0], len(found.steps)
    ('contract_signed', 13)
    """
    walked = Walked(book, map_ or shipped())
    require_events(walked)
    seen = ~walked.people["late"].to_numpy(bool)
    return Conformance(
        _steps(walked, seen),
        _variants(walked, seen),
        _follows(walked, seen),
        int(seen.sum()),
        int((~seen).sum()),
        book.as_of,
    )


def completed(book: Book, map_: Map, within_days: int) -> Estimate:
    """Share of customers who have every step of a map's main way behind them within some days of signing.

    Of all who signed at least so long ago and were seen from their signature on, also those who have left.

    Parameters
    ----------
    book : Book
        Needs what the map names as evidence, and contracts with real days.
    map_ : Map
    within_days : int
        Days since signing.

    Returns
    -------
    Estimate
        A share (0-1) with Wilson's limits; missing where nobody signed so long ago.

    >>> import cslab
    >>> round(float(completed(cslab.load("synthetic:tiny"), shipped("journey_vendor"), 180)), 1) > 0
    True
    """
    walked = Walked(book, map_)
    main = [number for number, step in enumerate(map_.steps) if step.main]
    signed = walked.people["signed"].to_numpy("M8[D]")
    old = (signed + within_days <= np.datetime64(book.as_of, "D")) & ~walked.people["late"].to_numpy(bool)
    if not old.any():
        return Estimate(np.nan, np.nan, np.nan, 0, "completed_within")
    done = (walked.first[:, main] <= (signed + within_days)[:, None]).all(axis=1)
    return proportion(float((done & old).sum()), float(old.sum()), int(old.sum()), "completed_within")


def _steps(walked: Walked, seen: Flags) -> pd.DataFrame:
    """The table of steps."""
    import pandas as pd

    first, skipped = walked.first[seen], _skipped(walked)[seen]
    came = ~np.isnat(first)
    due = _due(walked)[seen]
    reached, accounts = (came & due).sum(axis=0), due.sum(axis=0)
    low, high = wilson(reached, accounts)
    passed = came.sum(axis=0) + skipped.sum(axis=0)
    skipped_low, skipped_high = wilson(skipped.sum(axis=0), passed)
    again = (walked.rounds[seen] > 0).sum(axis=0)
    main = np.array([step.main for step in walked.map_.steps])
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = reached / accounts, skipped.sum(axis=0) / passed, again / came.sum(axis=0)
    table = pd.DataFrame(
        {
            "phase": [step.phase for step in walked.map_.steps],
            "step": [step.id for step in walked.map_.steps],
            "goal_en": [step.goal_en for step in walked.map_.steps],
            "goal_ja": [step.goal_ja for step in walked.map_.steps],
            "owner": [step.owner for step in walked.map_.steps],
            "accounts": accounts,
            "reached": reached,
            "estimate": shares[0],
            "low": low,
            "high": high,
            "skipped": skipped.sum(axis=0),
            "skipped_share": np.where(main, shares[1], np.nan),
            "skipped_low": np.where(main, skipped_low, np.nan),
            "skipped_high": np.where(main, skipped_high, np.nan),
            "repeated": again,
            "repeated_share": shares[2],
            "early": _early(first, main).sum(axis=0),
        }
    )
    targets = [step.target_days for step in walked.map_.steps]
    table = pd.concat([table, median_waits(walked, seen)], axis=1)
    table = table.assign(target_days=targets, n=int(seen.sum()), method="wilson")
    table.attrs.update(as_of=walked.book.as_of)
    return table


def _due(walked: Walked) -> Flags:
    """Who signed long enough ago for each step to be due by the targets of the main way."""
    return np.asarray(walked.due <= np.datetime64(walked.book.as_of, "D"))


def _skipped(walked: Walked) -> Flags:
    """Who skipped each step: it was noted so, or a later step of the main way was reached without it."""
    steps = walked.map_.steps
    came = ~np.isnat(walked.first)
    main = np.array([step.main for step in steps])
    later = np.zeros_like(came)
    for place in range(len(steps) - 2, -1, -1):
        later[:, place] = later[:, place + 1] | (came[:, place + 1] & main[place + 1])
    return np.asarray(~came & (~np.isnat(walked.left_out) | (later & main)))


def _early(first: Any, main: Flags) -> Flags:
    """Who reached each step of the main way before one that stands before it on the map."""
    never = np.datetime64("1678-01-01", "D")
    days = np.where(np.isnat(first) | ~main, never, first)
    latest = np.maximum.accumulate(days, axis=1)
    before = np.concatenate([np.full((len(days), 1), never), latest[:, :-1]], axis=1)
    return np.asarray(main & ~np.isnat(first) & (first < before))


def _variants(walked: Walked, seen: Flags) -> pd.DataFrame:
    """The ways through the main steps, each customer's in the order of its days."""
    import pandas as pd

    chosen = walked.ids[seen & _due(walked)[:, -1]]
    main = {step.id for step in walked.map_.main}
    log = walked.log[walked.log["step"].isin(main) & walked.log["account_id"].isin(chosen)]
    taken = log[log["event"] == "reached"].drop_duplicates(["account_id", "step"])
    paths = taken.groupby("account_id", sort=False)["step"].agg(ARROW.join).reindex(chosen, fill_value="")
    counts = paths.value_counts(sort=False).rename_axis("path").reset_index(name="accounts")
    counts = counts.sort_values(["accounts", "path"], ascending=[False, True], ignore_index=True)
    share = counts["accounts"] / max(len(chosen), 1)
    return pd.DataFrame({**counts, "share": share, "cumulative": share.cumsum()})


def _follows(walked: Walked, seen: Flags) -> pd.DataFrame:
    """Pairs of events that follow one another, by how often."""
    import pandas as pd

    log = walked.log[(walked.log["event"] != "skipped") & walked.log["account_id"].isin(walked.ids[seen])]
    ahead = log.shift(-1)
    same = (log["account_id"] == ahead["account_id"]).to_numpy(bool)
    pairs = pd.DataFrame({"from": log["step"], "to": ahead["step"], "account_id": log["account_id"]})[same]
    pairs["days"] = (ahead["day"] - log["day"]).dt.days[same]
    groups = pairs.groupby(["from", "to"])
    table = groups["days"].agg(count="size", median_days="median").reset_index()
    table.insert(3, "accounts", groups["account_id"].nunique().to_numpy())
    return table.sort_values(["count", "from", "to"], ascending=[False, True, True], ignore_index=True)
