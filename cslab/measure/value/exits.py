"""How hard the way out was made, who comes back all the same, and what hard exits hide for a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.causes.exits import INVOLUNTARY
from cslab.measure.causes.exits import exits as causes_of_exits
from cslab.measure.estimate import normal, proportion
from cslab.measure.multistate import cumulative_incidence
from cslab.measure.spells import months_between

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

HARD_DAYS = 30
"""Days of the way out above which it counts as hard."""

HORIZON = 24
AT_ONCE = 0.5
"""The month in which those who closed come to their end: before anybody could have come back."""

ALL, EASY, HARD = "all", "easy", "hard"


def exits(book: Book, hard_days: int = HARD_DAYS) -> pd.DataFrame:
    """How each customer's way out was, as far as it is over.

    Parameters
    ----------
    book : Book
        Needs ``churn_events`` with ``offboarding_days`` and ``reason_stated``. Uses ``exit_csat`` and ``winback_on``
        where present.
    hard_days : int
        A way out that took more days was hard.

    Returns
    -------
    DataFrame
        A row a customer by the day of its first exit: ``account_id``, ``effective_on``, ``exit`` (``easy``, ``hard``),
        ``days``, ``csat`` (1-5, missing where it was not given), ``back_on`` (missing: not yet), ``closed``
        (nobody decided to leave, and nobody can come back: involuntary, as ``causes.exits`` says). ``attrs``: ``open``
        (customers whose exit is not over on the book's day, left out), ``hard_days``, ``as_of``.

    Raises
    ------
    NotReady
        Without the columns above, or where no exit is over.
    UsageError
        For ``hard_days`` below 0.

    >>> import cslab
    >>> found = exits(cslab.load("synthetic:default_jp?seed=1&accounts=300"))
    >>> bool((found.loc[found["exit"] == "hard", "days"] > 30).all())
    True
    """
    book.require("calendar", "churn_events.offboarding_days")
    if hard_days < 0:
        raise UsageError(Fault("below_zero", {"name": "hard_days", "value": hard_days}))
    kinds = causes_of_exits(book)[["account_id", "effective_on", "cause"]]
    events = book.churn_events.merge(kinds, on=["account_id", "effective_on"])
    over = events["offboarding_days"].notna()
    first = events[over].sort_values("effective_on", kind="stable").drop_duplicates("account_id").reset_index(drop=True)
    if first.empty:
        raise NotReady(Fault("no_exit_over", {"day": book.as_of.date()}))
    blank: dict[str, Any] = {"exit_csat": np.nan, "winback_on": np.datetime64("NaT", "ns")}
    first = first.assign(**{name: value for name, value in blank.items() if name not in first})
    found = first[["account_id", "effective_on"]].assign(
        exit=np.where(first["offboarding_days"] > hard_days, HARD, EASY),
        days=first["offboarding_days"],
        csat=first["exit_csat"],
        back_on=first["winback_on"],
        closed=first["cause"] == INVOLUNTARY,
    )
    waiting = book.churn_events["account_id"].nunique() - len(found)
    found.attrs = {"open": waiting, "hard_days": hard_days, "as_of": book.as_of}
    return found


def winback(book: Book, horizon: int = HORIZON, hard_days: int = HARD_DAYS) -> pd.DataFrame:
    """The share of those who left that has come back, month by month, after easy and after hard exits.

    Among all who left, those who closed or were merged can never come back: they come to another end, and one minus a
    Kaplan-Meier curve would count them as if they still could. How hard the way out was is asked of the others only.

    Parameters
    ----------
    book : Book
        As for ``exits``; needs ``churn_events.winback_on``.
    horizon : int
        Months after the exit.
    hard_days : int
        As for ``exits``.

    Returns
    -------
    DataFrame
        ``exit`` (``all``, ``easy``, ``hard``), ``time`` (months from 0), ``estimate`` (0-1), ``low``, ``high``, ``n``
        (exits), ``method``; as far as exits of the kind have been followed. How hard an exit was nobody drew by lot:
        customers whose exits are hard may differ. ``attrs`` as ``exits``.

    Raises
    ------
    NotReady
        As ``exits``, or without ``winback_on``.
    UsageError
        For a horizon below 1.

    Source: cumulative incidence of competing ends, Aalen and Johansen (1978), grade A.

    >>> import cslab
    >>> found = winback(cslab.load("synthetic:default_jp?seed=1&accounts=700"), 12)
    >>> bool((found.groupby("exit")["estimate"].first() == 0).all())
    True
    """
    import pandas as pd

    book.require("churn_events.winback_on")
    if horizon < 1:
        raise UsageError(Fault("not_positive", {"name": "horizon", "value": horizon}))
    seen = exits(book, hard_days)
    chose = seen[~seen["closed"]]
    kinds = {ALL: seen, **{str(kind): part for kind, part in chose.groupby("exit", sort=True)}}
    parts = [_returned(kind, part, horizon) for kind, part in kinds.items()]
    frame = pd.concat(parts, ignore_index=True)
    frame.attrs = dict(seen.attrs)
    return frame


def exit_voice(book: Book, hard_days: int = HARD_DAYS) -> pd.DataFrame:
    """What those who left said of the way out, and whether they are back.

    Who recommends us to whom is in no table, so what a hard exit costs in recommendations shows only as far as those
    who left were asked.

    Parameters
    ----------
    book : Book
        As for ``exits``; needs ``churn_events.exit_csat``.
    hard_days : int
        As for ``exits``.

    Returns
    -------
    DataFrame
        ``exit``, ``asked`` (``csat``: mean of the ratings, 1-5; ``content``: share that gave 4 or 5), ``estimate``,
        ``low``, ``high``, ``n`` (who answered), ``method``. ``attrs`` as ``exits``.

    Raises
    ------
    NotReady
        As ``exits``, or without ``exit_csat``.

    >>> import cslab
    >>> found = exit_voice(cslab.load("synthetic:default_jp?seed=1&accounts=700"))
    >>> found["asked"].unique().tolist()
    ['csat', 'content']
    """
    import pandas as pd

    book.require("churn_events.exit_csat")
    seen = exits(book, hard_days)
    rows = []
    for kind, part in seen.dropna(subset="csat").groupby("exit", sort=True):
        given, n = part["csat"].to_numpy(float), len(part)
        error = float(given.std(ddof=1) / np.sqrt(n)) if n > 1 else float("nan")
        said = {
            "csat": normal(float(given.mean()), error, n, "mean_normal", 1.0, 5.0),
            "content": proportion(float((given >= 4).sum()), n, n, "share_of_accounts"),
        }
        rows += [{"exit": kind, "asked": asked, **one.cells()} for asked, one in said.items()]
    frame = pd.DataFrame(rows)
    frame.attrs = dict(seen.attrs)
    return frame


def _returned(kind: str, seen: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """The curve of some of those who left, as far as they have been followed."""
    import pandas as pd

    seen = seen.reset_index(drop=True)
    until = seen["back_on"].fillna(seen.attrs["as_of"])
    ended, begun = months_between(seen["effective_on"].to_numpy(), until.to_numpy())
    back, closed = seen["back_on"].notna(), seen["closed"]
    time = np.where(closed, AT_ONCE, np.where(back, np.maximum(begun, 1), ended))
    to = np.select([closed, back], ["closed", "back"], "")
    spells = pd.DataFrame(
        {"id": seen["account_id"], "from": "gone", "to": pd.Series(to).replace("", None), "start": 0.0, "stop": time}
    )
    spells = spells[spells["stop"] > 0]
    last = int(min(horizon, spells["stop"].max())) if len(spells) else 0
    facts: dict[str, Any] = {"exit": kind, "n": len(seen), "method": "aalen_johansen"}
    start = pd.DataFrame([{"time": 0, "estimate": 0.0, "low": 0.0, "high": 0.0}])
    if not last:
        return start.assign(**facts)
    found = cumulative_incidence(spells, range(1, last + 1), "gone", states=("gone", "back", "closed"))
    curve = found.loc[found["end"] == "back", ["time", "estimate", "low", "high"]]
    return pd.concat([start, curve.assign(time=curve["time"].astype(int))], ignore_index=True).assign(**facts)
