"""What sales is paid for, and what the customers won are worth: bookings against revenue retained.

Nobody can read this off one company's records, which know only the customers that its own plan has won. It is known of
simulated companies only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.book.supposition import AS_IT_IS, Unpushed
from cslab.measure.value.terms import Terms
from cslab.measure.value.worth import HORIZON, customer_worth

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

FUTURES, METHOD = 16, "truth_expected"
PLANS = {"bookings": AS_IT_IS, "retained": Unpushed().case}
"""What sales is paid on, and the world in which it is."""


def sales_incentive(
    book: Book, horizon: int = HORIZON, gross_margin: float = 0.8, discount: float = 0.10, futures: int = FUTURES
) -> pd.DataFrame | None:
    """What the customers are worth if sales is paid on what it books, as now, and if on what is retained.

    Paid on what is retained, nobody pushes a deal over the line: those that do not suit are not won, the others are,
    and are handed over without haste.

    Parameters
    ----------
    book : Book
        With its truth; the rest as for ``customer_worth``.
    horizon, gross_margin, discount
        As for ``customer_worth``.
    futures : int
        How many to average over.

    Returns
    -------
    DataFrame or None
        ``incentive`` (``bookings``, ``retained``), ``n`` (customers won), ``bookings_amount`` (their MRR at signing),
        ``estimate`` (their margin by the horizon less the cost of winning them: of all together, currency),
        ``low``, ``high`` (an expectation: themselves), ``method``, ``each_amount`` (of each customer) and
        ``per_booked`` (of each unit of MRR booked); customers signed since the records began. ``None`` where nobody
        knows it. What sales would win in the time it saves is not in it. ``attrs`` as ``customer_worth``.

    Raises
    ------
    NotReady, UsageError
        As ``customer_worth``.

    >>> import cslab
    >>> found = sales_incentive(cslab.load("synthetic:sales_push?accounts=300"), futures=2).set_index("incentive")
    >>> bool(found["n"]["retained"] < found["n"]["bookings"])
    True
    """
    import pandas as pd

    terms = Terms(gross_margin, discount, horizon)
    if book.truth is None:
        return None
    rows = customer_worth(book, horizon, gross_margin, discount).set_index("account_id")
    ahead = book.truth.supposing([Unpushed()], horizon=horizon, futures=futures, discount=terms.discount)
    cases = {case: part.set_index("account_id").reindex(rows.index) for case, part in ahead.groupby("case")}
    frame = pd.DataFrame([_row(plan, rows, cases[case], gross_margin) for plan, case in PLANS.items()])
    frame.attrs = dict(rows.attrs)
    return frame


def _row(plan: str, rows: pd.DataFrame, ahead: pd.DataFrame, gross_margin: float) -> dict[str, Any]:
    """What the customers won under one plan are worth."""
    won = ahead["months_purchase"] > 0
    worth = float((gross_margin * ahead["value_amount"] - rows["cac_amount"])[won].sum())
    booked, n = float(rows.loc[won, "mrr0_amount"].sum()), int(won.sum())
    shares = {"each_amount": worth / max(n, 1), "per_booked": worth / booked if booked else float("nan")}
    facts = {"incentive": plan, "n": n, "bookings_amount": booked, "estimate": worth, "low": worth, "high": worth}
    return {**facts, "method": METHOD, **shares}
