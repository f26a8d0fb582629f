"""Confounding: large customers get more touch, and so do those in trouble; either way touch is credited with it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, NotReady, UsageError, nearest
from cslab.measure import effect, signed
from cslab.measure.durations import durations
from cslab.measure.effect.doubly_robust import aipw
from cslab.measure.estimate import Estimate, normal, proportion
from cslab.measure.illusions.illusion import Illusion, require_enough
from cslab.measure.illusions.strata import TIER, tiers
from cslab.measure.survival import at, kaplan_meier

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

HORIZON = 24
SETTLED = 2
"""Months after signing by which a CSM has moved whom it wanted to: lives are followed from there."""

FUTURES = 16
"""How many futures the truth is averaged over."""

AMOUNT = "mrr0_amount"
"""What a tier rule looks at."""

ALIKE = (AMOUNT, "trial_usage", "segment", "term_months")
"""What is held equal of what was known at signing, as far as it is on record."""

TIERS = ("tech", "mid", "high")


def tier_gap(book: Book, arms: tuple[str, str] = ("high", "tech"), horizon: int = HORIZON) -> Illusion:
    """The illusion: departures under more touch less those under less, as the tiers are.

    The better number is adjusted for what was known at signing. Where a tier is given by a rule, no customer of the
    one tier has its like in the other: then there is none.

    Parameters
    ----------
    book : Book
        Needs ``tier_history``, ``contracts`` with ``start`` and ``end``; for the better number ``accounts``.
    arms : tuple of str
        Which tier, and against which.
    horizon : int
        Months from signing.

    Returns
    -------
    Illusion
        In shares that leave; the truth is that of everybody in the one tier against everybody in the other. ``counts``
        holds the share that ``left`` in either tier, ``n`` of each, and why the better number was ``refused``.

    Raises
    ------
    NotReady
        Without the tables, where nobody of a tier is followed so long, or fewer than five customers have one.

    >>> import cslab
    >>> found = tier_gap(cslab.load("synthetic:tiny"), horizon=12)
    >>> found.name, found.better is None
    ('tier_gap', True)
    """
    lives = _lives(book)
    naive, counts = _gap(lives, arms, horizon)
    better, refused = _fair(book, lives, arms, horizon, None)
    truth = _truth(book, arms, horizon)
    return Illusion("tier_gap", "points", naive, better, truth, {**counts, "refused": refused})


def override_flip(
    book: Book,
    within: str = "segment",
    arms: tuple[str, str] = ("mid", "tech"),
    horizon: int = HORIZON,
    extra: pd.DataFrame | None = None,
) -> Illusion:
    """The illusion: the same inside one group of customers, where a CSM's choice gives some of them more touch.

    The group is the one in which both tiers are most frequent, and in it only the range of MRR at signing in which both
    are. Whoever gets more touch there does so for a reason that stands in no table, and an adjustment for what does
    stand in the tables does not repair it.

    Parameters
    ----------
    book : Book
        As for :func:`tier_gap`, with ``accounts``.
    within : str
        A column of ``accounts``.
    arms : tuple of str
        Which tier, and against which.
    horizon : int
        Months from signing.
    extra : DataFrame, optional
        ``account_id`` and what else was known at signing, to hold equal too.

    Returns
    -------
    Illusion
        In shares that leave. ``counts`` as for :func:`tier_gap`, with the ``group`` and its ``customers``.

    Raises
    ------
    NotReady
        Where no group has customers of both tiers, nobody of a tier is followed so long, or fewer than five have one.
    UsageError
        For an unknown column.

    >>> import cslab
    >>> found = override_flip(cslab.load("synthetic:default_jp?accounts=300"))
    >>> found.name, found.counts["group"]
    ('override_flip', 'smb')
    """
    group, lives = _mixed(_lives(book), within, arms)
    naive, counts = _gap(lives, arms, horizon)
    better, refused = _fair(book, lives, arms, horizon, extra)
    truth = _truth(book, arms, horizon, lives["account_id"])
    known = {"group": group, "customers": len(lives), **counts, "refused": refused}
    return Illusion("override_flip", "points", naive, better, truth, known)


def _lives(book: Book) -> pd.DataFrame:
    """Lives of all who were still there when the tiers had settled, counted from then on."""
    book.require("calendar", "contracts.start", "contracts.end", "tier_history.touch_tier", "tier_history.valid_from")
    lives = durations(book).assign(**{TIER: lambda rows: rows["account_id"].map(tiers(book))})
    lives = lives[(lives["duration"] > SETTLED) & lives[TIER].notna()]
    found: pd.DataFrame = lives.assign(
        entry=(lives["entry"] - SETTLED).clip(lower=0), duration=lives["duration"] - SETTLED
    ).reset_index(drop=True)
    return found


def _gap(lives: pd.DataFrame, arms: tuple[str, str], horizon: int) -> tuple[Estimate, dict[str, Any]]:
    """How many more of the first tier have left by a horizon, of those there when tiers had settled."""
    sides = {arm: lives[lives[TIER] == arm] for arm in arms}
    gone = {arm: _left(part, arm, horizon) for arm, part in sides.items()}
    require_enough("tier_gap", {arm: len(part) for arm, part in sides.items()})
    first, second = (gone[arm] for arm in arms)
    error = math.hypot(first.std_error, second.std_error)
    counts = {f"{what}_{arm}": value for arm in arms for what, value in (("left", gone[arm]), ("n", gone[arm].n))}
    n = first.n + second.n
    return normal(first.estimate - second.estimate, error, n, "tier_less_tier", -1.0, 1.0), counts


def _left(lives: pd.DataFrame, arm: str, horizon: int) -> Estimate:
    """The share of a tier that has left by a horizon."""
    if lives.empty:
        raise NotReady(Fault("tier_nobody_has", {"arm": arm}))
    beyond = lives[lives["duration"] > horizon - SETTLED] if horizon > SETTLED else lives[:0]
    if beyond.empty:
        raise NotReady(Fault("tier_not_followed", {"arm": arm, "horizon": horizon, "n": len(lives)}))
    stayed = at(kaplan_meier(lives), horizon - SETTLED)
    if stayed.std_error == 0:  # all or none have left: how sure that is depends on how many were followed
        return _all_or_none(1 - stayed.estimate, len(beyond), stayed)
    return Estimate(1 - stayed.estimate, 1 - stayed.high, 1 - stayed.low, stayed.n, stayed.method, stayed.std_error)


def _all_or_none(share: float, followed: int, found: Estimate) -> Estimate:
    """A share of 0 or 1 with Wilson's limits, its error as if half a customer had done otherwise."""
    told = proportion(share * followed, followed, found.n, found.method)
    half = (share * followed + 0.5) / (followed + 1)
    return replace(told, std_error=math.sqrt(half * (1 - half) / followed))


def _fair(
    book: Book, lives: pd.DataFrame, arms: tuple[str, str], horizon: int, extra: pd.DataFrame | None
) -> tuple[Estimate | None, str]:
    """The effect among customers alike at signing; none where like cannot be held against like, and why."""
    names = [name for name in ALIKE if name in _known(book) and lives[name].nunique() > 1]
    names += [] if extra is None else [str(name) for name in extra if name != "account_id"]
    try:
        trial = effect.trial(book, "tier", lives["account_id"], horizon=horizon, covariates=names, extra=extra)
        found = aipw(trial.between(*arms), arms)
    except (UsageError, NotReady) as wrong:
        return None, "; ".join(fault.key for fault in wrong.faults)
    return Estimate(-found.estimate, -found.high, -found.low, found.n, found.method, found.std_error), ""


def _known(book: Book) -> set[str]:
    """The columns that were known at signing and are on record."""
    return {*signed.described(book, book.accounts["account_id"])}


def _mixed(lives: pd.DataFrame, within: str, arms: tuple[str, str]) -> tuple[str, pd.DataFrame]:
    """The group in which both tiers are most frequent, in the range of MRR that they share."""
    if within not in lives:
        names = [str(name) for name in lives]
        values = {"by": within, "near": nearest(within, names) or ", ".join(names), "known": ", ".join(names)}
        raise UsageError(Fault("unknown_group", values))
    both = lives[lives[TIER].isin(arms)]
    sizes = both.groupby([within, TIER]).size().unstack(TIER, fill_value=0)
    if not {*arms} <= {*sizes} or sizes[[*arms]].min(axis=1).max() < 1:
        raise NotReady(Fault("no_mixed_group", {"by": within, "arms": ", ".join(arms)}))
    group = sizes[[*arms]].min(axis=1).idxmax()
    inside = both[both[within] == group]
    if AMOUNT in inside:
        ranges = inside.groupby(TIER)[AMOUNT].agg(["min", "max"])
        inside = inside[inside[AMOUNT].between(ranges["min"].max(), ranges["max"].min())]
    return str(group), inside.reset_index(drop=True)


def _truth(book: Book, arms: tuple[str, str], horizon: int, accounts: pd.Series | None = None) -> float | None:
    """What one tier for everybody truly changes in the share that leaves, against the other."""
    if book.truth is None or not {*arms} <= {*TIERS}:
        return None
    found = book.truth.expected([f"all_{arm}" for arm in arms], horizon=horizon, futures=FUTURES)
    if accounts is not None:
        found = found[found["account_id"].isin(accounts)]
    stays = found.groupby("policy")["retained"].mean()
    return float(stays[f"all_{arms[1]}"] - stays[f"all_{arms[0]}"])
