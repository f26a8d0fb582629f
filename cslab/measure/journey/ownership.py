"""Sales and success sharing a customer, or each on its own: what either would be worth to the same customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.book.supposition import AS_IT_IS, Advised, HandedOver, Supposition
from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Z95

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from cslab.book import Book

SUPPOSED = {
    AS_IT_IS: AS_IT_IS,
    "shared": Advised(everybody=True).case,
    "separate": Advised(everybody=False).case,
    "by_the_map": HandedOver().case,
}
"""Shared: a CSM advises every customer before it signs; separate: none; by the map: no hand-off poorer than average."""


def ownership(
    book: Book,
    others: Mapping[str, Book] | None = None,
    months: int = 24,
    gross_margin: float = 0.8,
    futures: int = 16,
) -> pd.DataFrame:
    """What becomes of the same customers where sales and success share them, where they do not, and by the map.

    A truth: nobody can measure it in a real company. What the sharing costs is not in it.

    Parameters
    ----------
    book : Book
        With its truth.
    others : mapping of str to Book, optional
        Companies run otherwise, by what they are to be called. One that hides its truth is left out.
    months : int
        From each customer's signing.
    gross_margin : float
        Share of revenue left after the cost of serving it (0-1).
    futures : int
        Futures to average over.

    Returns
    -------
    DataFrame
        ``world`` (``as_it_is``, ``shared``, ``separate``, ``by_the_map``, then the others), ``retained`` (share still
        there after these months), ``months_onboarding`` (a customer), ``estimate`` (margin a customer more than as it
        is, currency over these months; missing of a company that has other customers), ``low``, ``high``
        (as if customers were drawn again), ``n`` (customers), ``method``. Empty where nobody knows it.

    Raises
    ------
    UsageError
        For a gross margin outside 0-1, or months or futures below 1.

    >>> import cslab
    >>> ownership(cslab.load("synthetic:tiny"), months=6, futures=2)["world"].tolist()
    ['as_it_is', 'shared', 'separate', 'by_the_map']
    """
    import pandas as pd

    if not 0 < gross_margin <= 1:
        raise UsageError(Fault("not_a_rate", {"name": "gross_margin", "value": gross_margin}))
    columns = ["world", "retained", "months_onboarding", "estimate", "low", "high", "n", "method"]
    if book.truth is None:
        return pd.DataFrame(columns=columns)
    wishes: list[Supposition] = [Advised(everybody=True), Advised(everybody=False), HandedOver()]
    found = book.truth.supposing(wishes, horizon=months, futures=futures).set_index("account_id")
    worlds = {name: found[found["case"] == case] for name, case in SUPPOSED.items()}
    as_it_is = worlds[AS_IT_IS]
    for name, other in (others or {}).items():
        if other.truth is not None:
            there = other.truth.supposing((), horizon=months, futures=futures).set_index("account_id")
            gain = (there["value_amount"] - as_it_is["value_amount"]) if same_customers(book, other) else np.nan
            worlds[name] = there.assign(value_gain_amount=gain)
    rows = [{"world": name, **_row(rows, gross_margin)} for name, rows in worlds.items()]
    return pd.DataFrame(rows, columns=columns[:-1]).assign(method="truth_supposed")


def same_customers(one: Book, other: Book) -> bool:
    """Whether two simulated companies drew the same customers, so that whatever differs comes of how they are run.

    Parameters
    ----------
    one, other : Book

    Returns
    -------
    bool
        By how well the product fits each customer, which no world changes; False where that is not known.

    >>> import cslab
    >>> same_customers(cslab.load("synthetic:tiny"), cslab.load("synthetic:tiny?handoff_level=-1"))
    True
    """
    if one.truth is None or other.truth is None:
        return False
    return bool(np.array_equal(one.truth.accounts()["fit"], other.truth.accounts()["fit"]))


def _row(rows: pd.DataFrame, gross_margin: float) -> dict[str, float]:
    """One world, a customer on average."""
    gain = rows["value_gain_amount"] * gross_margin
    error = Z95 * float(gain.std()) / float(np.sqrt(len(gain)))
    mean = float(gain.mean())
    kept = {name: float(rows[name].mean()) for name in ("retained", "months_onboarding")}
    return {**kept, "estimate": mean, "low": mean - error, "high": mean + error, "n": len(rows)}
