"""What leavers say, beside what else is known of why they left: a stated reason is an answer, not a cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.causes.exits import exits
from cslab.measure.causes.preventable import shares_of
from cslab.measure.estimate import proportion

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

METHOD = "share_of_departures"
TRUE_CAUSES = ("uncontrollable", "bad_fit", "not_onboarded", "other")


def stated_reasons(book: Book) -> pd.DataFrame:
    """The reasons that leavers stated, by how often.

    Parameters
    ----------
    book : Book
        Needs ``churn_events`` with ``reason_stated``.

    Returns
    -------
    DataFrame
        ``reason`` (the most frequent first; ``unknown`` where none was stated), ``departures``, ``estimate`` (share of
        all departures), ``low``, ``high`` (Wilson), ``n``, ``method``.

    Raises
    ------
    NotReady
        Without stated reasons.
    UsageError
        When nobody left.

    >>> import cslab
    >>> stated_reasons(cslab.load("synthetic:default_jp?seed=1&accounts=300"))["reason"].iloc[0]
    'price'
    """
    return shares_of(_gone(book)["stated"]).rename(columns={"value": "reason"})


def said_by_notice(book: Book, reason: str = "price") -> pd.DataFrame:
    """How often a reason is stated by those who left with notice, and where it ended the day it became known.

    Without notice mostly means that a business closed. A reason that is a cause is seldom stated then. One that is
    stated as often there is an excuse: it says how leavers answer, not why they leave.

    Parameters
    ----------
    book : Book
        Needs ``churn_events`` with ``reason_stated``, and days of decision that are kept apart from those of the exit.
    reason : str

    Returns
    -------
    DataFrame
        ``kind`` (``with_notice``, ``without_notice``; only those that there are), ``departures`` (that stated the
        reason), ``estimate`` (their share), ``low``, ``high`` (Wilson), ``n``, ``method``.

    Raises
    ------
    NotReady
        Without stated reasons.
    UsageError
        When nobody left, or for a reason that nobody stated.

    >>> import cslab
    >>> said_by_notice(cslab.load("synthetic:default_jp?seed=1&accounts=300"))["kind"].tolist()
    ['with_notice', 'without_notice']
    """
    import pandas as pd

    gone = _gone(book)
    if reason not in (known := sorted(set(gone["stated"]))):
        values = {"name": reason, "near": nearest(reason, known), "known": ", ".join(known)}
        raise UsageError(Fault("causes.nobody", values))
    sudden = (gone["decided_on"] >= gone["effective_on"]).to_numpy(bool)
    kinds, rows = {"with_notice": ~sudden, "without_notice": sudden}, []
    for kind, chosen in ((kind, chosen) for kind, chosen in kinds.items() if chosen.any()):
        said = (gone.loc[chosen, "stated"] == reason).to_numpy()
        found = proportion(int(said.sum()), len(said), len(said), METHOD)
        rows.append({"kind": kind, "departures": int(said.sum()), **found.cells()})
    return pd.DataFrame(rows)


def asked_again(book: Book, reason: str = "") -> pd.DataFrame:
    """What came up in the exit interviews of those who had stated a reason.

    Parameters
    ----------
    book : Book
        Needs ``churn_events`` with ``reason_stated``, and ``interviews`` with ``themes``.
    reason : str
        Only those who stated it; empty: all who were interviewed.

    Returns
    -------
    DataFrame
        ``theme`` (the most frequent first), ``departures``, ``estimate`` (share of the interviews), ``low``, ``high``,
        ``n`` (interviews), ``method``. No row where none of them was interviewed.

    Raises
    ------
    NotReady
        Without interviews.
    UsageError
        When nobody left.

    >>> import cslab
    >>> int(asked_again(cslab.load("synthetic:default_jp?seed=1&accounts=300"))["departures"].sum()) > 0
    True
    """
    book.require("interviews.themes", "interviews.frame", "interviews.account_id")
    talks = book.interviews
    talks = talks[talks["frame"].astype(str) == "churned"].drop_duplicates("account_id", keep="last")
    gone = _gone(book).drop_duplicates("account_id", keep="last")
    gone = gone[gone["stated"] == reason] if reason else gone
    themes = talks.loc[talks["account_id"].isin(gone["account_id"]), "themes"].dropna().astype(str)
    return shares_of(themes).rename(columns={"value": "theme"})


def truth_of_reasons(book: Book) -> pd.DataFrame | None:
    """What was true of those who stated each reason.

    Parameters
    ----------
    book : Book
        Needs ``churn_events`` with ``reason_stated``.

    Returns
    -------
    DataFrame or None
        A row a reason and true cause: ``reason`` (and ``all``), ``cause`` (``uncontrollable``; of those who decided:
        ``bad_fit``, else ``not_onboarded``, else ``other``), ``departures``, ``share`` of those who stated the reason,
        ``n``. First stays only. None where nobody knows.

    Raises
    ------
    NotReady
        Without stated reasons.

    >>> import cslab
    >>> truth_of_reasons(cslab.load("synthetic:default_jp?seed=1&accounts=300"))["reason"].iloc[-1]
    'all'
    """
    import pandas as pd

    if book.truth is None:
        return None
    hidden = book.truth.accounts()
    hidden = hidden[hidden["cause_true"].astype(str) != ""]
    both = _gone(book).drop_duplicates("account_id").merge(hidden, on="account_id")
    true = np.select(
        [both["cause_true"] == "uncontrollable", both["badfit"], both["stalled"]], TRUE_CAUSES[:3], "other"
    )
    rows = []
    for reason in [*both["stated"].value_counts().index, "all"]:
        inside = true if reason == "all" else true[(both["stated"] == reason).to_numpy()]
        for cause in TRUE_CAUSES:
            count = int((inside == cause).sum())
            rows.append((reason, cause, count, count / len(inside), len(inside)))
    return pd.DataFrame(rows, columns=["reason", "cause", "departures", "share", "n"])


def _gone(book: Book) -> pd.DataFrame:
    """All exits by kind; refused where there is none."""
    found = exits(book)
    if found.empty:
        raise UsageError(Fault("nobody_left"))
    return found
