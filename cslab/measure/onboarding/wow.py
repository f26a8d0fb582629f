"""The search for the one early event that tells who stays: what it finds, and how much of that is luck.

Try enough events, and the best of them looks decisive even where none is. A half of the customers that took no part in
the search shows how much of the finding was luck; shuffling who stayed shows how large a finding luck alone brings.
Neither says that the event makes anybody stay: for that it has to be brought about by lot (``nudge``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.estimate import wilson
from cslab.measure.onboarding.early import MONTHS, early_events

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.floating[Any]]

SHUFFLES = 200
FEWEST = 40
"""Customers below which nothing is searched."""


def wow_search(book: Book, seed: int = 1, held_out: float = 0.5, shuffles: int = SHUFFLES) -> pd.DataFrame:
    """Early events by how much more of those stay who had them, on one part of the customers and on the rest.

    Parameters
    ----------
    book : Book
        As for :func:`cslab.measure.onboarding.early_events`.
    seed : int
        Of the split and the shuffles.
    held_out : float
        Share of the customers that take no part in the search (0-1).
    shuffles : int
        How often to shuffle who stayed.

    Returns
    -------
    DataFrame
        The largest difference on the searched part first: ``event``, ``share`` (of customers who had it), ``train``,
        ``train_low``, ``train_high``, ``held_out``, ``held_out_low``, ``held_out_high`` (share staying of those with
        the event less that of the others), ``p_naive`` (of this event alone), ``p_shuffled`` (that the best of so many
        events differs as much by luck), ``n`` (searched), ``method``. ``attrs``: ``candidates``, ``significant``
        (``p_naive`` below .05 and more staying), ``expected_by_luck`` (how many that are on average where nothing has
        anything to do with staying), ``replicated`` (those of ``significant`` whose held-out limits exclude 0),
        ``held_out`` (customers), ``as_of``.

    Raises
    ------
    NotReady
        As :func:`cslab.measure.onboarding.early_events`, and for too few customers.
    UsageError
        For a share outside 0-1, or no shuffles.

    Source: the largest of many statistics under permutation, Westfall and Young (1993); never a p-value of 0 from
    shuffles, Phipson and Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9:39; limits that hold for few customers, Newcombe
    (1998), Statistics in Medicine 17:873, grade A.

    >>> import cslab
    >>> found = wow_search(cslab.load("synthetic:tiny?accounts=300"), shuffles=20)
    >>> bool(found["train"].is_monotonic_decreasing), bool((found["p_shuffled"] >= 0).all())
    (True, True)
    """
    import pandas as pd

    names, had, stayed, draws = _split(book, seed, held_out, shuffles)
    kept = draws.random(len(stayed)) >= held_out
    train, rest = (_difference(had[part], stayed[part]) for part in (kept, ~kept))
    by_luck = _shuffled(had[kept], stayed[kept], draws, shuffles)
    best = np.sort(np.nanmax(by_luck["gap"], axis=1))
    columns = {"event": names, "share": had.mean(axis=0)}
    columns |= {"train": train["gap"], "train_low": train["low"], "train_high": train["high"]}
    columns |= {"held_out": rest["gap"], "held_out_low": rest["low"], "held_out_high": rest["high"]}
    columns |= {"p_naive": train["p"], "p_shuffled": _as_large(best, train["gap"])}
    frame = pd.DataFrame(columns).assign(n=int(kept.sum()), method="share_difference").dropna(subset=["train"])
    frame = frame.sort_values("train", ascending=False, kind="stable").reset_index(drop=True)
    significant = (frame["p_naive"] < 0.05) & (frame["train"] > 0)
    luck = (by_luck["p"] < 0.05) & (by_luck["gap"] > 0)
    frame.attrs.update(
        candidates=len(frame),
        significant=int(significant.sum()),
        expected_by_luck=float(luck.sum(axis=1).mean()),
        replicated=int((significant & (frame["held_out_low"] > 0)).sum()),
        held_out=int((~kept).sum()),
        as_of=book.as_of,
    )
    return frame


def best_by_luck(book: Book, seed: int = 1, shuffles: int = SHUFFLES) -> pd.DataFrame:
    """What the search finds where no event has anything to do with staying: who stayed is dealt out anew.

    Parameters
    ----------
    book, seed, shuffles
        As for :func:`wow_search`.

    Returns
    -------
    DataFrame
        One row a shuffle: ``shuffle``, ``train`` (difference of the best event on the searched half), ``held_out``
        (of the same event on the other half: about 0 on average).

    Raises
    ------
    NotReady, UsageError
        As :func:`wow_search`.

    >>> import cslab
    >>> found = best_by_luck(cslab.load("synthetic:tiny?accounts=300"), shuffles=20)
    >>> bool((found["train"] > 0).all())
    True
    """
    import pandas as pd

    _, had, stayed, draws = _split(book, seed, 0.5, shuffles)
    rows = []
    for shuffle in range(shuffles):
        dealt, kept = draws.permutation(stayed), draws.random(len(stayed)) >= 0.5
        train, rest = (_difference(had[part], dealt[part])["gap"] for part in (kept, ~kept))
        winner = int(np.nanargmax(train))
        rows.append({"shuffle": shuffle, "train": float(train[winner]), "held_out": float(rest[winner])})
    return pd.DataFrame(rows)


def _split(book: Book, seed: int, held_out: float, shuffles: int) -> tuple[list[str], Any, Any, Any]:
    """Names of the events, who had them, who stayed, and draws."""
    if not 0 < held_out < 1:
        raise UsageError(Fault("not_a_rate", {"name": "held_out", "value": held_out}))
    if shuffles < 1:
        raise UsageError(Fault("no_shuffles", {"value": shuffles}))
    found = early_events(book, MONTHS)
    if len(found) < FEWEST or found["stayed"].nunique() < 2 or found.shape[1] < 3:
        raise NotReady(Fault("too_few_to_search", {"count": len(found), "least": FEWEST}))
    names = [str(name) for name in found.columns[2:]]
    return names, found[names].to_numpy(float), found["stayed"].to_numpy(float), np.random.default_rng(seed)


def _difference(had: Floats, stayed: Floats) -> dict[str, Floats]:
    """Share staying of those with each event less that of the others, its limits, and its p-value."""
    from scipy.special import ndtr

    n1, n = had.sum(axis=0), len(had)
    with np.errstate(divide="ignore", invalid="ignore"):
        with_, without = had.T @ stayed / n1, (1 - had).T @ stayed / (n - n1)
        gap = with_ - without
        pooled = np.sqrt(stayed.mean() * (1 - stayed.mean()) * (1 / n1 + 1 / (n - n1)))
        p = 2 * ndtr(-np.abs(gap / pooled))
    low, high = _newcombe(had.T @ stayed, n1, (1 - had).T @ stayed, n - n1)
    return {"gap": gap, "low": low, "high": high, "p": p}


def _newcombe(hits: Floats, tries: Floats, others: Floats, of_others: Floats) -> tuple[Floats, Floats]:
    """Limits of a difference of two shares by Wilson's limits of each: no share of 0 or 1 is without error."""
    (low, high), (other_low, other_high) = wilson(hits, tries), wilson(others, of_others)
    one, other = hits / np.where(tries > 0, tries, np.nan), others / np.where(of_others > 0, of_others, np.nan)
    below, above = np.hypot(one - low, other_high - other), np.hypot(high - one, other - other_low)
    return one - other - below, one - other + above


def _as_large(best: Floats, gap: Floats) -> Floats:
    """The share of shuffles whose best is as large, the way it was dealt in fact counted as one of them."""
    return np.asarray((1 + len(best) - np.searchsorted(best, gap)) / (1 + len(best)))


def _shuffled(had: Floats, stayed: Floats, draws: np.random.Generator, shuffles: int) -> dict[str, Floats]:
    """The differences and p-values where who stayed is dealt out anew, a row a shuffle."""
    found = [_difference(had, draws.permutation(stayed)) for _ in range(shuffles)]
    return {name: np.stack([one[name] for one in found]) for name in ("gap", "p")}
