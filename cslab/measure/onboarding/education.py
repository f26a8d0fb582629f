"""Whether customers who were shown the product before they signed get to their first value sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.onboarding.adjustment import known_at_signing, least_squares
from cslab.measure.onboarding.arrivals import arrivals
from cslab.measure.onboarding.completion import DAYS

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

TAUGHT = "pre_sale_education"


def education(book: Book, within_days: int = DAYS) -> pd.DataFrame:
    """How much more of those get to the first value in time who were taught before they signed.

    Who comes to a demonstration is the one whom the product fits. Adjusted are customers compared who were alike in
    all that was known at signing; in a simulated company also those alike in their true fit, which is what decided who
    came.

    Parameters
    ----------
    book : Book
        Needs ``accounts.pre_sale_education`` and ``onboarding`` with ``started`` and ``done``.
    within_days : int
        From the beginning of onboarding.

    Returns
    -------
    DataFrame
        ``way`` (``naive``, ``adjusted``, and ``known_fit`` in a simulated company, an estimate too), ``estimate``
        (share in time of those taught less that of the others), ``low``, ``high``, ``n``, ``method``. ``attrs``:
        ``share`` (taught), ``within_days``, ``as_of``.

    Raises
    ------
    NotReady
        Without the columns, or where all or none were taught.

    >>> import cslab
    >>> education(cslab.load("synthetic:tiny"))["way"].tolist()
    ['naive', 'adjusted', 'known_fit']
    """
    import pandas as pd

    book.require(f"accounts.{TAUGHT}")
    found = arrivals(book).dropna(subset=[TAUGHT])
    found = found[(book.as_of - found["started"]).dt.days >= within_days]
    if found[TAUGHT].nunique() < 2:
        raise NotReady(Fault("one_group_taught", {"column": f"accounts.{TAUGHT}"}))
    in_time = (found["event"] & (found["duration"] <= within_days)).to_numpy(float)
    taught = found[TAUGHT].to_numpy(float)[:, None]
    known = known_at_signing(book, found["account_id"], without=[TAUGHT])
    ways = {"naive": taught, "adjusted": np.hstack([taught, known])}
    if book.truth is not None:
        fit = book.truth.accounts().set_index("account_id")["fit"].reindex(found["account_id"])
        ways["known_fit"] = np.hstack([taught, known, fit.to_numpy()[:, None]])
    rows = []
    for way, columns in ways.items():
        one = least_squares(in_time, columns).slope(0, f"education_{way}")
        rows.append({"way": way, **one.cells()})
    frame = pd.DataFrame(rows)
    frame.attrs.update(share=float(taught.mean()), within_days=within_days, as_of=book.as_of)
    return frame
