"""A contest: what kind of company a customer is, against what it does with the product. Which tells who will leave?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, NotReady
from cslab.measure.estimate import proportion
from cslab.measure.landmark import decisions, features_at, fit
from cslab.measure.landmark.day import NOTICE_MONTHS
from cslab.measure.landmark.days import check_positive
from cslab.measure.scores import difference
from cslab.measure.signed import WORDS
from cslab.measure.signed import known as known_at_signing
from cslab.measure.value.contest import enough, line

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from cslab.book import Book

PERSONA = (*WORDS, "employees")
"""What a persona is drawn with: what kind of company, where it heard of us, what it bought us for."""

BEHAVIOUR = ("usage", "onboarding")
MONTHS_BEFORE, TEST_MONTHS = 3, 12
"""Months before the decision at which customers are looked at; months tried on."""


def persona_vs_behaviour(
    book: Book, months_before: int = MONTHS_BEFORE, test_months: int = TEST_MONTHS
) -> pd.DataFrame:
    """How well persona, behaviour and both tell who refuses a renewal, on the renewals of the last months.

    The models learn on renewals that were settled before the first of those on which they are tried.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with decided renewals, columns of ``PERSONA`` and what tells of usage. Uses ``interviews``.
    months_before : int
        Months before the decision at which customers are looked at.
    test_months : int
        The last months in which renewals are tried.

    Returns
    -------
    DataFrame
        ``known`` (``persona``, ``behaviour``, ``both``), ``estimate`` (AUC), ``low``, ``high``, ``n`` (renewals tried),
        ``method``, ``left`` (of them, refused). No number with fewer than ten who left or stayed on either side.
        ``attrs``: ``difference`` (behaviour less persona on the same renewals, an Estimate, where there are numbers),
        ``interviewed`` (share of the customers tried that anybody had spoken to at length; where there are interviews),
        ``since`` (first day on which it is tried), ``as_of``.

    Raises
    ------
    NotReady
        Without the tables above.
    UsageError
        For numbers below 1.

    >>> import cslab
    >>> persona_vs_behaviour(cslab.load("synthetic:default_jp?seed=1&accounts=300"))["known"].tolist()
    ['persona', 'behaviour', 'both']
    """
    import pandas as pd

    check_positive(months_before=months_before, test_months=test_months)
    book.require("accounts")
    horizon = months_before + NOTICE_MONTHS
    rows = decisions(book, months_before)
    rows, learned, since = _apart(book, rows, horizon, test_months)
    known = _known(book, rows, horizon)
    fair, scores, lines = enough(rows[learned]) and enough(rows[~learned]), {}, []
    seen = rows[~learned].reset_index(drop=True)
    for name, columns in known.items():
        if fair:
            model = fit(rows[learned], columns[learned], horizon)
            scores[name] = model.chance(model.fill_unseen(columns[~learned])[0]).to_numpy()
        lines.append({"known": name, **line(seen, scores.get(name), horizon)})
    frame = pd.DataFrame(lines)
    frame.attrs = {"since": since, "as_of": book.as_of, "months_before": months_before, **_spoken(book, seen)}
    if fair:
        frame.attrs["difference"] = difference(seen.assign(**scores), horizon, "behaviour", "persona")
    return frame


def _apart(book: Book, rows: pd.DataFrame, horizon: int, test_months: int) -> tuple[pd.DataFrame, Any, Any]:
    """Renewals to learn on, settled before the first one to be tried on, and the others."""
    import pandas as pd

    if rows.empty:
        raise NotReady(Fault("no_renewals_tried", {"day": book.as_of.date()}))
    since = rows["as_of"].max() - pd.offsets.MonthEnd(test_months - 1)
    learned = rows["as_of"] + pd.offsets.MonthEnd(horizon) <= since
    rows = rows.assign(learned=learned)[learned | (rows["as_of"] >= since)].reset_index(drop=True)
    return rows.drop(columns="learned"), rows["learned"].to_numpy(bool), since


def _known(book: Book, rows: pd.DataFrame, horizon: int) -> dict[str, pd.DataFrame]:
    """What each side of the contest may know."""
    import pandas as pd

    known = {"persona": known_at_signing(book, rows, PERSONA), "behaviour": features_at(book, rows, BEHAVIOUR, horizon)}
    if faults := [Fault(f"nothing_of_{name}") for name, columns in known.items() if not columns.shape[1]]:
        raise NotReady(*faults)
    return {**known, "both": pd.concat([*known.values()], axis=1)}


def _spoken(book: Book, rows: pd.DataFrame) -> dict[Hashable, Any]:
    """The share of the customers tried that had given an interview by then; nothing where there are no interviews."""
    if not book.has("interviews.account_id"):
        return {}
    first = book.interviews.groupby("account_id")["held_on"].min()
    spoken = (rows["account_id"].map(first) <= rows["as_of"]).groupby(rows["account_id"]).any()
    return {"interviewed": proportion(float(spoken.sum()), len(spoken), len(spoken), "share_of_accounts")}
